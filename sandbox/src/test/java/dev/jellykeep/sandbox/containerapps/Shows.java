package dev.jellykeep.sandbox.containerapps;

import dev.jellykeep.sandbox.containerapps.settings.Quirk;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The quirk that a test shows, on and off.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Shows {
    Quirk value();
}
