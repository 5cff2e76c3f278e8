@org.jspecify.annotations.NullMarked
package dev.jellykeep.contract.request;
