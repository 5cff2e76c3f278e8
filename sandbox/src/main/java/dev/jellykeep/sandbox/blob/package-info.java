/// A storage account as Azure has it: Azurite behind somebody who asks for tokens and roles.
@org.jspecify.annotations.NullMarked
package dev.jellykeep.sandbox.blob;
