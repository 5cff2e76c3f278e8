package dev.jellykeep.operator.arm.azure;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;

/// What is passed in: time, chance and the log.
record Surroundings(InstantSource clock, Pause pause, RandomGenerator random, Logger log) {}
