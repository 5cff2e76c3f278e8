package dev.jellykeep.sandbox.containerapps.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.sandbox.containerapps.arm.ArmPath;

/// One managed environment, as it was written.
record Environment(ArmPath path, ObjectNode stored, SystemData systemData) {}
