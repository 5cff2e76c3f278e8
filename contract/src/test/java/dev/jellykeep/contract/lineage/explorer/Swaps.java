package dev.jellykeep.contract.lineage.explorer;

import dev.jellykeep.contract.lineage.Archived;
import dev.jellykeep.contract.lineage.LineageDocument;
import dev.jellykeep.contract.lineage.Listed;
import dev.jellykeep.contract.lineage.Step;
import dev.jellykeep.contract.lineage.Transitions;
import dev.jellykeep.contract.lineage.explorer.Replica.Job;
import dev.jellykeep.contract.lineage.explorer.Replica.Life;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The real transition that a job stands for, with one rule removed where a mutant wants it.
record Swaps(Scenario scenario, Rule removed) {

    Step of(World world, int i, LineageDocument document) {
        Replica replica = world.replica(i);
        String me = World.id(i);
        String target = String.valueOf(replica.target());
        return switch (replica.job()) {
            case ASK -> Transitions.ask(document, me, world.holderStale());
            case ROLL -> roll(world, document);
            case HOLD -> Transitions.hold(document, target, Scenario.TOKEN);
            case CLAIM -> claim(world, document, me);
            case REGISTER -> register(world, i, document, me);
            case SEAL -> Transitions.seal(document, me, null);
            case ANSWER -> Transitions.answer(document, me);
            case DOOM -> Transitions.doom(document, me, List.of(target), 1);
            case DROP -> Transitions.deleted(document, Set.of(target));
            case LOOK, WAIT, PLAN, PLACE, PUT, DELETE, EXIT ->
                throw new IllegalStateException(replica.job() + " writes no document");
        };
    }

    Step roll(World world, LineageDocument document) {
        return removed == Rule.ROLL ? new Step.Done() : Transitions.roll(document, world.existing(true));
    }

    private Step claim(World world, LineageDocument document, String me) {
        boolean stale = removed == Rule.WAIT_FOR_HOLDER || world.holderStale();
        Step step = Transitions.claim(document, me, stale, true);
        return removed == Rule.CLAIM_RAISES_EPOCH && step instanceof Step.Write(LineageDocument claimed)
                ? new Step.Write(claimed.withHolder(me, document.epoch()))
                : step;
    }

    private Step register(World world, int i, LineageDocument document, String me) {
        Replica replica = world.replica(i);
        Blob blob = world.blob(replica.uploaded()).orElseThrow();
        Archived archive = blob.facts();
        if (document.isHeldBy(me)) {
            boolean seal = replica.life() == Life.ENDING && blob.data() == replica.data();
            Archived passed = removed == Rule.OWN_EPOCH ? inEpoch(archive, document.epoch()) : archive;
            Step promoted = Transitions.promote(
                    document, me, passed, replica.tip(), seal, openPin(replica, document), world.lookup());
            if (promoted instanceof Step.Write(LineageDocument next) && removed == Rule.ANCESTRY_CUT) {
                List<Listed> longer = new ArrayList<>(document.history());
                longer.add(archive.listed());
                return new Step.Write(next.withLine(longer, document.forks()));
            }
            if (!(promoted instanceof Step.Refused)) {
                return promoted;
            }
        }
        return Transitions.fork(document, me, archive, replica.tip(), world.lookup());
    }

    private static Archived inEpoch(Archived archive, long epoch) {
        return new Archived(
                archive.name(),
                archive.lineage(),
                archive.owner(),
                epoch,
                archive.sequence(),
                archive.parent(),
                archive.sha256(),
                archive.pinToken());
    }

    @Nullable
    String openPin(Replica replica, LineageDocument document) {
        boolean open = replica.pinned() && !Scenario.TOKEN.equals(document.pin());
        return open && removed != Rule.PIN_ONCE ? Scenario.TOKEN : null;
    }

    /// Is a job done by a swap?
    static boolean writes(Job job) {
        return switch (job) {
            case ASK, ROLL, HOLD, CLAIM, REGISTER, SEAL, ANSWER, DOOM, DROP -> true;
            case LOOK, WAIT, PLAN, PLACE, PUT, DELETE, EXIT -> false;
        };
    }
}
