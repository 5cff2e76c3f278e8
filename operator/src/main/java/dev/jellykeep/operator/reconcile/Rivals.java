package dev.jellykeep.operator.reconcile;

import dev.jellykeep.operator.scope.Scope;
import dev.jellykeep.operator.scope.ScopeVerdict;
import dev.jellykeep.operator.scope.Wish;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Two policies for one app: the older wins. One that no scope allows has no claim.
final class Rivals {
    private static final Comparator<PolicyView> AGE = Comparator.comparing(PolicyView::created)
            .thenComparing(each -> each.name().toString());

    private Rivals() {}

    /// The policy that has the app instead of `me`; empty if nobody has.
    static Optional<PolicyView> winner(PolicyView me, List<PolicyView> all, List<Scope> scopes) {
        return all.stream()
                .filter(each -> !each.uid().equals(me.uid()) && each.app().equals(me.app()))
                .filter(each -> AGE.compare(each, me) < 0)
                .filter(each -> ScopeVerdict.judge(Wish.of(each.name().namespace(), each.spec()), scopes)
                        instanceof ScopeVerdict.Allowed)
                .min(AGE);
    }
}
