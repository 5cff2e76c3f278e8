package dev.jellykeep.operator.kube;

import dev.jellykeep.operator.reconcile.PolicyView;
import org.slf4j.MDC;

/// Puts policy and app into every line that is logged until it is closed.
final class LogLabels implements AutoCloseable {
    private final MDC.MDCCloseable policy;
    private final MDC.MDCCloseable app;

    private LogLabels(MDC.MDCCloseable policy, MDC.MDCCloseable app) {
        this.policy = policy;
        this.app = app;
    }

    static LogLabels of(PolicyView view) {
        return new LogLabels(
                MDC.putCloseable("policy", view.name().toString()),
                MDC.putCloseable("app", view.spec().containerApp().resourceId()));
    }

    @Override
    public void close() {
        app.close();
        policy.close();
    }
}
