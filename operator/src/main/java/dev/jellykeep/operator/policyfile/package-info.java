/// Policies in files, judged as the API server judges them: by the CRD's own schema, defaults and rules. Pure but for
/// the schema, which is part of the program.
@NullMarked
package dev.jellykeep.operator.policyfile;

import org.jspecify.annotations.NullMarked;
