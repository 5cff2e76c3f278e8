package dev.jellykeep.operator.kube;

import dev.jellykeep.operator.api.ContainerAppScope;
import dev.jellykeep.operator.api.JellyfinBackupPolicy;
import dev.jellykeep.operator.reconcile.Policies;
import dev.jellykeep.operator.reconcile.PolicyDesk;
import dev.jellykeep.operator.reconcile.PolicyView;
import dev.jellykeep.operator.scope.Scope;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Brings policies and scopes to the {@link Policies}, and their answers back. Name, finalizer and field manager stay
/// what they are for ever.
@ControllerConfiguration(
        name = "jellyfinbackuppolicy",
        finalizerName = "jellykeep.dev/injection",
        fieldManager = "jellykeep-operator",
        // annotations ask for things too; a filter keeps status out
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 30, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = -1, initialInterval = 2_000, intervalMultiplier = 2.0, maxInterval = 300_000)
public final class PolicyReconciler implements Reconciler<JellyfinBackupPolicy>, Cleaner<JellyfinBackupPolicy> {
    private final PolicyDesk desk;
    private final EventLog events;
    private @Nullable InformerEventSource<ContainerAppScope, JellyfinBackupPolicy> scopes;

    public PolicyReconciler(PolicyDesk desk, EventLog events) {
        this.desk = desk;
        this.events = events;
    }

    @Override
    public List<EventSource<?, JellyfinBackupPolicy>> prepareEventSources(
            EventSourceContext<JellyfinBackupPolicy> context) {
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

    @Override
    public UpdateControl<JellyfinBackupPolicy> reconcile(
            JellyfinBackupPolicy policy, Context<JellyfinBackupPolicy> context) {
        List<PolicyView> all =
                context.getPrimaryCache().list().map(PolicyView::of).toList();
        PolicyDesk.Answer answer = desk.reconcile(PolicyView.of(policy), all, scopes());
        answer.notes().forEach(note -> events.say(policy, note));
        if (answer.status().equals(policy.getStatus())) {
            return UpdateControl.<JellyfinBackupPolicy>noUpdate().rescheduleAfter(answer.again());
        }
        return UpdateControl.patchStatus(Fresh.withStatus(policy, answer.status()))
                .rescheduleAfter(answer.again());
    }

    @Override
    public DeleteControl cleanup(JellyfinBackupPolicy policy, Context<JellyfinBackupPolicy> context) {
        PolicyDesk.Farewell step = desk.farewell(
                PolicyView.of(policy),
                scopes(),
                java.time.Instant.parse(policy.getMetadata().getDeletionTimestamp()));
        events.say(policy, step.note());
        return step.over()
                ? DeleteControl.defaultDelete()
                : DeleteControl.noFinalizerRemoval().rescheduleAfter(step.again());
    }

    private List<Scope> scopes() {
        var source = scopes;
        return source == null ? List.of() : source.list().map(Scope::of).toList();
    }
}
