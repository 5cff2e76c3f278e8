package dev.jellykeep.agent.run;

import dev.jellykeep.agent.data.StillWriting;
import java.util.function.BooleanSupplier;

/// What tells whether the app is gone and its databases lie still.
public interface AppExit {
    /// Whether the app was found gone, and what the databases looked like then.
    record Gone(boolean gone, StillWriting look) {}

    /// Waits until the app is gone.
    ///
    /// @param goOn asked again and again; false: time is up
    Gone await(BooleanSupplier goOn);

    /// What the databases look like now.
    StillWriting look();
}
