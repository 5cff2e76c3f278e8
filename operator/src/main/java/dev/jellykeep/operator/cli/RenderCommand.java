package dev.jellykeep.operator.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jellykeep.contract.ParsedText;
import dev.jellykeep.contract.identity.AppResourceId;
import dev.jellykeep.contract.identity.LineageId;
import dev.jellykeep.operator.desired.PlanInput;
import dev.jellykeep.operator.desired.Planner;
import dev.jellykeep.operator.desired.Refused;
import dev.jellykeep.operator.desired.Rendering;
import dev.jellykeep.operator.policyfile.PolicyFile;
import dev.jellykeep.operator.reconcile.Preview;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/// `render`: our part of the template, for those who deploy their templates themselves.
final class RenderCommand implements Command {
    private static final String FORMAT = "--format";
    private static final String APP_FILE = "--app-file";
    private static final String LINEAGE = "--lineage";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    @Override
    public String name() {
        return "render";
    }

    @Override
    public String summary() {
        return "Prints the init container, the sidecar and the settings for properties.template, to be merged into a"
                + " template that is deployed by other means: initContainers first, containers last.";
    }

    @Override
    public void declare(CommandSpec spec) {
        Options.policy(spec);
        spec.addOption(Options.text(FORMAT, "json|bicep", "Language of the block; default json."));
        spec.addOption(Options.text(
                APP_FILE,
                "APP",
                "The app as JSON, as az containerapp show prints it, where there is no app yet; its identities with their"
                        + " clientId (az identity show). Azure isn't asked."));
        spec.addOption(Options.text(LINEAGE, "ID", "With " + APP_FILE + ": the lineage, if it isn't the app's own."));
    }

    @Override
    public ExitCode run(Invocation invocation) {
        String format = invocation.text(FORMAT) == null ? "json" : String.valueOf(invocation.text(FORMAT));
        if (!List.of("json", "bicep").contains(format)) {
            throw new CommandException(ExitCode.USAGE, FORMAT + " " + format + " is not known: use json or bicep");
        }
        PolicyFile.Good policy = invocation.policy();
        String file = invocation.text(APP_FILE);
        if (file == null && invocation.text(LINEAGE) != null) {
            throw new CommandException(
                    ExitCode.USAGE, LINEAGE + " goes with " + APP_FILE + ": else the archives tell it");
        }
        Rendering rendering = file == null ? live(invocation, policy) : of(invocation, policy, file);
        return switch (rendering) {
            case Rendering.Block(ObjectNode template, var warnings) -> {
                warnings.forEach(each ->
                        invocation.err().println("warning " + each.reason().text() + ": " + each.message()));
                invocation.out().println(format.equals("json") ? template.toPrettyString() : Bicep.of(template));
                yield ExitCode.OK;
            }
            case Refused refused -> {
                refused.refusals()
                        .forEach(each -> invocation
                                .err()
                                .println("refused " + each.reason().text() + ": " + each.message()));
                yield ExitCode.REFUSED;
            }
        };
    }

    private static Rendering live(Invocation invocation, PolicyFile.Good policy) {
        return switch (Connection.preview(invocation, policy)) {
            case Preview.Known known -> known.rendering();
            case Preview.Unseen(var outcome) -> {
                ExitCode code = ExitCode.of(outcome.progress());
                throw new CommandException(
                        code,
                        outcome.progress().message()
                                + (code == ExitCode.NO_APP ? ", or give its template with " + APP_FILE : ""));
            }
        };
    }

    private static Rendering of(Invocation invocation, PolicyFile.Good policy, String file) {
        AppResourceId id =
                switch (AppResourceId.parse(policy.spec().containerApp().resourceId())) {
                    case ParsedText.Ok<AppResourceId>(AppResourceId found) -> found;
                    case ParsedText.Bad<AppResourceId>(String why) ->
                        throw new CommandException(ExitCode.USAGE, "spec.containerApp.resourceId: " + why);
                };
        return Planner.render(new PlanInput(
                policy.name(),
                policy.spec(),
                app(invocation, file),
                lineage(invocation.text(LINEAGE), id),
                invocation.release(policy),
                null,
                null));
    }

    private static LineageId lineage(@Nullable String given, AppResourceId app) {
        if (given == null) {
            return LineageId.ofApp(app);
        }
        return switch (LineageId.parse(given)) {
            case ParsedText.Ok<LineageId>(LineageId id) -> id;
            case ParsedText.Bad<LineageId>(String why) ->
                throw new CommandException(ExitCode.USAGE, LINEAGE + " " + given + ": " + why);
        };
    }

    private static JsonNode app(Invocation invocation, String file) {
        try {
            JsonNode app = JSON.readTree(invocation.read(file));
            if (app.path("properties").path("template").path("containers").isArray()) {
                return app;
            }
        } catch (JsonProcessingException _) {
            // told below
        }
        throw new CommandException(
                ExitCode.USAGE,
                file + " is no app in JSON with properties.template.containers: write it with az containerapp show -o"
                        + " json, or by hand");
    }
}
