package dev.jellykeep.sandbox.replicas.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which port of this machine a port of a replica is, where the replica has no network of its own.
///
/// A number is a port where it stands behind an address of the replica itself, as the value of a flag `--port` or
/// `--…-port`, or as the whole value of a variable `PORT` or `…_PORT`. All other numbers are left alone.
///
/// @param ports this machine's by the replica's
public record PortMapping(Map<Integer, Integer> ports) {
    /// Every port is itself.
    public static final PortMapping NONE = new PortMapping(Map.of());

    private static final String NUMBER = "(\\d{1,5})(?!\\w|\\.\\d)";
    private static final Pattern ADDRESS = Pattern.compile(
            "((?<![\\w.-])(?:localhost|127\\.0\\.0\\.1|0\\.0\\.0\\.0|\\[::1]|\\[::]|\\*|\\+):)" + NUMBER);
    private static final Pattern FLAG = Pattern.compile("((?<![\\w-])--(?:[a-z0-9]+-)*port[ =])" + NUMBER);
    private static final Pattern FLAG_NAME = Pattern.compile("--(?:[a-z0-9]+-)*port");
    private static final Pattern VARIABLE_NAME = Pattern.compile("(?:\\w*_)?PORT");
    private static final Pattern WHOLE = Pattern.compile("()" + NUMBER);

    public PortMapping {
        ports = Map.copyOf(ports);
    }

    /// Whether every port is itself.
    public boolean none() {
        return ports.isEmpty();
    }

    /// Variables with the ports in their values replaced.
    public SortedMap<String, String> environment(Map<String, String> variables) {
        var mapped = new TreeMap<String, String>();
        variables.forEach((name, value) -> mapped.put(name, value(VARIABLE_NAME.matcher(name), value)));
        return mapped;
    }

    /// A command line with the ports in its words replaced.
    public List<String> commandLine(List<String> words) {
        var mapped = new ArrayList<String>();
        var before = "";
        for (var word : words) {
            mapped.add(value(FLAG_NAME.matcher(before), word));
            before = word;
        }
        return mapped;
    }

    private String value(Matcher name, String value) {
        var whole = WHOLE.matcher(value);
        if (name.matches() && whole.matches()) {
            return replaced(whole.toMatchResult());
        }
        var addresses = ADDRESS.matcher(value).replaceAll(found -> Matcher.quoteReplacement(replaced(found)));
        return FLAG.matcher(addresses).replaceAll(found -> Matcher.quoteReplacement(replaced(found)));
    }

    private String replaced(MatchResult found) {
        var port = Integer.parseInt(found.group(2));
        return found.group(1) + ports.getOrDefault(port, port);
    }
}
