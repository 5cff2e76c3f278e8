/// Child processes of tests and of the demo: started, listened to, ended, killed.
@NullMarked
package dev.jellykeep.sandbox.process;

import org.jspecify.annotations.NullMarked;
