package dev.jellykeep.sandbox.replicas.container;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The script that a container begins with: it makes the container's own root, gives up what the
/// container may not do, and becomes its program. It runs in new mount, process and host name spaces, as
/// process 1.
final class RootScript {
    /// Written once the root is there, before the program runs.
    static final String ENTERED = "entered";

    private static final String CAPABILITIES =
            "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap"
                    + ",+net_bind_service,+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap";

    private final ContainerPlan plan;
    private final List<String> lines = new ArrayList<>();

    private RootScript(ContainerPlan plan) {
        this.plan = plan;
    }

    /// A script for `/bin/sh`.
    static String of(ContainerPlan plan) {
        return new RootScript(plan).write();
    }

    private String write() {
        lines.add("set -eu");
        lines.add("exec </dev/null 2>&1");
        lines.add("umask 022");
        lines.add("layers=" + quoted(plan.layers()));
        lines.add("root=$layers/root");
        lines.add("mount -t overlay overlay -o \"lowerdir=/,upperdir=$layers/upper,workdir=$layers/work\" \"$root\"");
        lines.add("mount -t proc proc \"$root/proc\"");
        lines.add("mount --rbind /dev \"$root/dev\"");
        lines.add("mount -t tmpfs -o size=64m,mode=1777 shm \"$root/dev/shm\"");
        lines.add("chmod 1777 \"$layers/tmp\"");
        lines.add("mount --bind \"$layers/tmp\" \"$root/tmp\"");
        ancestors()
                .forEach(path ->
                        lines.add("[ ! -d \"$root\"" + quoted(path) + " ] || chmod o+x \"$root\"" + quoted(path)));
        plan.readable().forEach(this::readable);
        plan.mounts().forEach(mount -> {
            lines.add("mkdir -p \"$root\"" + quoted(mount.at()));
            lines.add("mount --bind " + quoted(mount.source()) + " \"$root\"" + quoted(mount.at()));
        });
        names();
        lines.add(": > \"$layers\"/" + ENTERED);
        lines.add("cd \"$root\"");
        lines.add("pivot_root . .");
        lines.add("umount -l .");
        lines.add("mkdir -p " + quoted(plan.folder()));
        lines.add("cd " + quoted(plan.folder()));
        lines.add(become());
        return String.join("\n", lines) + "\n";
    }

    /// Folders on the way to what has to be readable, which another user may otherwise not pass.
    private Set<Path> ancestors() {
        var ancestors = new LinkedHashSet<Path>();
        for (var path : plan.readable()) {
            for (var up = path.getParent(); up != null && up.getNameCount() > 0; up = up.getParent()) {
                ancestors.add(up);
            }
        }
        return ancestors;
    }

    private void readable(Path path) {
        var source = quoted(path);
        var target = "\"$root\"" + source;
        lines.add("if [ -d " + source + " ]; then mkdir -p " + target + "; else mkdir -p \"$(dirname " + target
                + ")\"; [ -e " + target + " ] || : > " + target + "; fi");
        lines.add("mount --bind " + source + " " + target);
        lines.add("mount -o remount,bind,ro " + target);
    }

    private void names() {
        var hosts = new StringBuilder("127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n");
        plan.hosts()
                .forEach((name, address) ->
                        hosts.append(address).append(' ').append(name).append('\n'));
        lines.add("printf %s " + quoted(hosts.toString()) + " > \"$root/etc/hosts\"");
        lines.add("printf %s " + quoted(plan.hostName()) + " > \"$root/proc/sys/kernel/hostname\"");
    }

    // The signal is asked for again, since a change of user takes it back.
    private String become() {
        var line = new ArrayList<>(List.of("exec", "setpriv", "--reuid=" + plan.user(), "--regid=" + plan.user()));
        line.addAll(List.of("--clear-groups", "--inh-caps=-all", "--bounding-set=" + CAPABILITIES));
        line.addAll(List.of("--pdeathsig", "KILL", "--", "env", "-i"));
        plan.environment().forEach((name, value) -> line.add(quoted(name + "=" + value)));
        plan.command().forEach(word -> line.add(quoted(word)));
        return String.join(" ", line);
    }

    static String quoted(Object text) {
        return "'" + text.toString().replace("'", "'\\''") + "'";
    }
}
