/// What a blob store holds, in the words of both programs: the lineage document and the archives.
@NullMarked
package dev.jellykeep.store.archives;

import org.jspecify.annotations.NullMarked;
