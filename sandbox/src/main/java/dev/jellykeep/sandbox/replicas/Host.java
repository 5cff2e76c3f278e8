package dev.jellykeep.sandbox.replicas;

import dev.jellykeep.sandbox.process.Launcher;
import dev.jellykeep.sandbox.replicas.log.ReplicaLogs;
import dev.jellykeep.sandbox.replicas.network.ReplicaNetwork;

/// What all replicas of a host have in common.
record Host(HostOptions options, ReplicaNetwork network, Launcher launcher, ReplicaLogs logs) {}
