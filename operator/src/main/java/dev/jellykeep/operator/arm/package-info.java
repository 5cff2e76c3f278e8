/// Container Apps as the operator needs them of Azure Resource Manager (ARM): a port, and what may come
/// of its calls. The adapter is in `azure`; nothing here knows Azure's libraries.
@NullMarked
package dev.jellykeep.operator.arm;

import org.jspecify.annotations.NullMarked;
