/// What an app's template should be, and the patch that makes it so. Pure: answers depend on what is
/// given, and ARM's JSON is worked on as a tree, so that members which no model knows survive.
@NullMarked
package dev.jellykeep.operator.desired;

import org.jspecify.annotations.NullMarked;
