package dev.jellykeep.contract.settings;

import dev.jellykeep.contract.retention.RetentionRules;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The values of all settings.
public record Settings(
        StorageSettings storage,
        AppSettings app,
        InjectionSettings injection,
        ScheduleSettings schedule,
        GuardSettings guards,
        GlobSettings globs,
        RetentionRules retention,
        RestoreSettings restore,
        RunSettings run,
        NotifySettings notices,
        LimitSettings limits) {

    /// Version of the vocabulary that operator and agent share. Raised when an older agent would misunderstand a
    /// template.
    public static final int CONTRACT_VERSION = 1;

    private static final String PLATFORM_REPLICA_NAME = "CONTAINER_APP_REPLICA_NAME";

    /// The values where nothing is given.
    public static Settings defaults() {
        return parse(Map.of()).settings();
    }

    /// Reads texts, as given by flags and variables merged. A blank text counts as not given.
    public static Parsed parse(Map<Setting, String> texts) {
        SettingsReader reader = new SettingsReader(texts);
        Settings settings = SettingsAssembly.assemble(reader);
        return new Parsed(settings, reader.problems(), List.of());
    }

    /// Reads an environment and says which of its `JELLYKEEP_…` variables are none of ours.
    public static Parsed fromEnv(Map<String, String> env) {
        Parsed parsed = parse(texts(env));
        return new Parsed(parsed.settings(), parsed.problems(), unknown(env));
    }

    /// Variables with our prefix that are no settings, by name.
    public static List<UnknownVariable> unknown(Map<String, String> env) {
        var known = Arrays.stream(Setting.values()).map(Setting::env).toList();
        return env.keySet().stream()
                .filter(name -> name.toUpperCase(Locale.ROOT).startsWith(Setting.PREFIX_OF_ENV))
                .filter(name -> !known.contains(name))
                .sorted()
                .map(name -> new UnknownVariable(name, DidYouMean.nearest(name).orElse(null)))
                .toList();
    }

    /// What an environment says of each setting, unread; the command line puts its flags over it before {@link #parse}.
    public static Map<Setting, String> texts(Map<String, String> env) {
        Map<Setting, String> texts = new EnumMap<>(Setting.class);
        String replicaName = env.get(PLATFORM_REPLICA_NAME);
        if (replicaName != null) {
            texts.put(Setting.REPLICA_NAME, replicaName);
        }
        for (Setting setting : Setting.values()) {
            String text = env.get(setting.env());
            if (text != null && !text.isBlank()) {
                texts.put(setting, text);
            }
        }
        return texts;
    }

    /// The variables that give these settings, in the catalogue's order, without those that have their default value.
    /// `fromEnv(s.toEnv()).settings()` equals `s` for every `s` that came from reading.
    public Map<String, String> toEnv() {
        Map<Setting, String> defaults = SettingsTexts.of(defaults());
        Map<String, String> env = new LinkedHashMap<>();
        SettingsTexts.of(this).forEach((setting, text) -> {
            if (!text.equals(defaults.get(setting))) {
                env.put(setting.env(), text);
            }
        });
        return env;
    }
}
