package dev.jellykeep.sandbox.containerapps.rules;

import dev.jellykeep.sandbox.containerapps.arm.ArmRefusal;
import java.util.Set;
import java.util.regex.Pattern;

/// How apps, containers, volumes and revisions may be called.
public final class Names {
    private static final Pattern APP = Pattern.compile("[a-z]([a-z0-9]|-(?!-)){0,30}[a-z0-9]");
    private static final Pattern CONTAINER = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,44}[a-z0-9])?");
    private static final Pattern VOLUME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern SUFFIX = Pattern.compile("[a-z](([a-z0-9]|-(?!-)){0,62}[a-z0-9])?");
    private static final int LONGEST_REVISION = 54;

    private Names() {}

    /// @throws ArmRefusal for a bad app name
    public static void app(String name) {
        if (!APP.matcher(name).matches()) {
            throw ArmRefusal.of(
                    400,
                    "ContainerAppInvalidName",
                    "Invalid ContainerApp name '" + name
                            + "'. A name must consist of lower case alphanumeric characters"
                            + " or '-', start with a letter, end with an alphanumeric character, have no '--',"
                            + " and be 2 to 32 characters long.");
        }
    }

    /// @throws ArmRefusal for a bad suffix, or one that makes the revision's name too long
    public static void suffix(String app, String suffix) {
        if (!SUFFIX.matcher(suffix).matches()) {
            throw ArmRefusal.field(
                    "template.revisionsuffix",
                    "Invalid value '" + suffix + "': it must consist of lower case alphanumeric characters or '-',"
                            + " start with a letter, end with an alphanumeric character and have no '--'.");
        }
        if ((app + "--" + suffix).length() > LONGEST_REVISION) {
            throw ArmRefusal.field(
                    "template.revisionsuffix",
                    "The revision name '" + app + "--" + suffix + "' has more than " + LONGEST_REVISION
                            + " characters.");
        }
    }

    static void container(String field, String name, Set<String> taken) {
        if (!CONTAINER.matcher(name).matches()) {
            throw ArmRefusal.field(
                    field + ".name",
                    "Invalid container name '" + name + "': use at most 46 lower case alphanumeric characters, '-' or"
                            + " '.'.");
        }
        if (!taken.add(name)) {
            throw ArmRefusal.field(field + ".name", "Duplicate container name '" + name + "'.");
        }
    }

    static void volume(String name, Set<String> taken) {
        if (!VOLUME.matcher(name).matches()) {
            throw ArmRefusal.field(
                    "template.volumes.name",
                    "Invalid volume name '" + name + "': use lower case alphanumeric characters or '-'.");
        }
        if (!taken.add(name)) {
            throw ArmRefusal.field("template.volumes.name", "Duplicate volume name '" + name + "'.");
        }
    }
}
