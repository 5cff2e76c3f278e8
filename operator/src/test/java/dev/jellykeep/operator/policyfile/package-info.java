@NullMarked
package dev.jellykeep.operator.policyfile;

import org.jspecify.annotations.NullMarked;
