/// The examples for GitOps and pipelines, and what these tools make of a policy's status.
@NullMarked
package dev.jellykeep.operator.gitops;

import org.jspecify.annotations.NullMarked;
