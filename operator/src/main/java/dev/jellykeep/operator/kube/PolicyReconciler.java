package dev.jellykeep.operator.kube;

import dev.jellykeep.operator.api.ContainerAppScope;
import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.decide.Note;
import dev.jellykeep.operator.management.PolicyMetrics;
import dev.jellykeep.operator.reconcile.Policies;
import dev.jellykeep.operator.reconcile.PolicyDesk;
import dev.jellykeep.operator.reconcile.PolicyView;
import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.scope.ScopeVerdict;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings policies and scopes to the {@link Policies}, and their answers back. Name, finalizer and field manager stay
/// what they are for ever.
@ControllerConfiguration(
        name = "jellyfinbackuppolicy",
        finalizerName = "jellykeep.dev/injection",
        fieldManager = "jellykeep-operator",
        // annotations ask for things too; a filter keeps status out
        generationAwareEventProcessing = false,
        informer = @Informer(itemStore = LeanStore.class),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 30, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 2_000, intervalMultiplier = 2.0, maxInterval = 300_000)
public final class PolicyReconciler implements Reconciler<JellyfinBackupPolicy>, Cleaner<JellyfinBackupPolicy> {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyReconciler.class);
    private static final String BY_APP = "app";

    private final PolicyDesk desk;
    private final EventLog events;
    private final PolicyMetrics metrics;
    private final UnaryOperator<Duration> pause;
    private @Nullable InformerEventSource<ContainerAppScope, JellyfinBackupPolicy> scopes;

    /// @param pause from the time until the next look to what really passes
    public PolicyReconciler(PolicyDesk desk, EventLog events, PolicyMetrics metrics, UnaryOperator<Duration> pause) {
        this.desk = desk;
        this.events = events;
        this.metrics = metrics;
        this.pause = pause;
    }

    @Override
    public List<EventSource<?, JellyfinBackupPolicy>> prepareEventSources(
            EventSourceContext<JellyfinBackupPolicy> context) {
        context.getPrimaryCache()
                .addIndexer(BY_APP, policy -> List.of(PolicyView.of(policy).app()));
        // a scope may be about any policy
        var source = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(ContainerAppScope.class, JellyfinBackupPolicy.class)
                        .withSecondaryToPrimaryMapper(_ -> context.getPrimaryCache()
                                .list()
                                .map(ResourceID::fromResource)
                                .collect(Collectors.toSet()))
                        .build(),
                context);
        scopes = source;
        return List.of(source);
    }

    /// Logs what to do where nothing is allowed to anybody; once it watches.
    public void tellOfNoScope() {
        if (scopes().isEmpty()) {
            LOG.warn(ScopeVerdict.noneYet());
        }
    }

    @Override
    public UpdateControl<JellyfinBackupPolicy> reconcile(
            JellyfinBackupPolicy policy, Context<JellyfinBackupPolicy> context) {
        return RetriedErrors.of(() -> answer(policy, context));
    }

    private UpdateControl<JellyfinBackupPolicy> answer(
            JellyfinBackupPolicy policy, Context<JellyfinBackupPolicy> context) {
        PolicyView view = PolicyView.of(policy);
        try (var _ = LogLabels.of(view)) {
            List<PolicyView> ofApp = context.getPrimaryCache().byIndex(BY_APP, view.app()).stream()
                    .map(PolicyView::of)
                    .toList();
            PolicyDesk.Answer answer = desk.reconcile(view, ofApp, scopes());
            answer.notes().forEach(note -> say(policy, note));
            metrics.saw(
                    view.name(),
                    answer.status(),
                    answer.figures(),
                    answer.notes().stream().map(Note::reason).toList());
            Duration again = pause.apply(answer.again());
            return answer.status().equals(policy.getStatus())
                    ? UpdateControl.<JellyfinBackupPolicy>noUpdate().rescheduleAfter(again)
                    : UpdateControl.patchStatus(Fresh.withStatus(policy, answer.status()))
                            .rescheduleAfter(again);
        }
    }

    @Override
    public DeleteControl cleanup(JellyfinBackupPolicy policy, Context<JellyfinBackupPolicy> context) {
        return RetriedErrors.of(() -> farewell(policy));
    }

    private DeleteControl farewell(JellyfinBackupPolicy policy) {
        PolicyView view = PolicyView.of(policy);
        try (var _ = LogLabels.of(view)) {
            PolicyDesk.Farewell step = desk.farewell(
                    view, scopes(), Instant.parse(policy.getMetadata().getDeletionTimestamp()));
            say(policy, step.note());
            if (!step.over()) {
                return DeleteControl.noFinalizerRemoval().rescheduleAfter(pause.apply(step.again()));
            }
            metrics.gone(view.name());
            return DeleteControl.defaultDelete();
        }
    }

    private void say(JellyfinBackupPolicy policy, Note note) {
        if (events.say(policy, note)) {
            metrics.happened(note.reason());
        }
    }

    private List<Scope> scopes() {
        var source = scopes;
        return source == null ? List.of() : source.list().map(Scope::of).toList();
    }
}
