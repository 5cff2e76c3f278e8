package dev.jellykeep.agent.snapshot;

/// Which symbolic links a snapshot may hold: the one rule for writing and for reading.
public final class LinkTarget {
    private static final String OWN = ".jellykeep";

    private LinkTarget() {}

    /// Does the link lead to a place inside the root, whatever other links there are? Every `..` has to come first:
    /// after a name, which may be a link itself, it could lead anywhere. It may neither lie in what is
    /// ours, nor lead there.
    ///
    /// @param path of the link, relative to the root; nothing above it is a link
    /// @param target as the link says it
    public static boolean staysInside(String path, String target) {
        if (target.isEmpty() || target.startsWith("/") || target.indexOf('\0') >= 0 || target.indexOf('\uFFFD') >= 0) {
            return false;
        }
        String[] folders = path.split("/", -1);
        if (folders[0].equals(OWN)) {
            return false;
        }
        int depth = folders.length - 1;
        boolean named = false;
        for (String part : target.split("/", -1)) {
            if (part.isEmpty() || part.equals(".")) {
                continue;
            }
            if (part.equals("..")) {
                if (named || --depth < 0) {
                    return false;
                }
            } else {
                if (!named && depth == 0 && part.equals(OWN)) {
                    return false;
                }
                named = true;
            }
        }
        return true;
    }
}
