package dev.jellykeep.agent.archive;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.jellykeep.agent.snapshot.LinkTarget;
import dev.jellykeep.contract.layout.ArchiveName;
import dev.jellykeep.contract.layout.BlobLayout;
import dev.jellykeep.contract.layout.BlobName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Names inside archives and of blobs: a name and, behind a line break, a link's target.
class NamesFuzz {
    private static final Path ROOT = Path.of("/root/of/data");

    @FuzzTest(maxDuration = "10m")
    void names(byte[] data) {
        String[] texts = new String(data, StandardCharsets.UTF_8).split("\n", 2);
        blob(texts[0]);
        String path;
        try {
            path = EntryName.path(texts[0]);
        } catch (ArchiveRefused refused) {
            return;
        }
        require(ROOT.resolve(path).normalize().equals(ROOT.resolve(path)), path, "is not what it seems");
        require(ROOT.resolve(path).startsWith(ROOT), path, "leaves the root");
        require(again(path).equals(path), path, "is another name when it is read again");
        if (texts.length == 2 && !path.isEmpty() && LinkTarget.staysInside(path, texts[1])) {
            Path end = ROOT.resolve(path).resolveSibling(texts[1]).normalize();
            require(end.startsWith(ROOT), path + " -> " + texts[1], "leaves the root");
            require(!end.startsWith(ROOT.resolve(".jellykeep")), path + " -> " + texts[1], "leads to what is ours");
        }
    }

    private static String again(String path) {
        try {
            return EntryName.path(path);
        } catch (ArchiveRefused refused) {
            throw new AssertionError(path + " is refused the second time", refused);
        }
    }

    /// Whatever is taken for ours has the name that we would give it.
    private static void blob(String name) {
        switch (BlobLayout.classify(name)) {
            case BlobName.ArchiveBlob(ArchiveName archive) ->
                require(archive.toString().equals(name), name, "differs");
            case BlobName.ForkArchive(String owner, ArchiveName archive) ->
                require(BlobLayout.fork(owner, archive).equals(name), name, "differs");
            case BlobName.SuspectArchive(ArchiveName archive) ->
                require(BlobLayout.suspect(archive).equals(name), name, "differs");
            case BlobName.Status(String replica) ->
                require(BlobLayout.status(replica).equals(name), name, "differs");
            case BlobName.LegacyFolderFile(String folder, String file) ->
                require((folder + "/" + file).equals(name), name, "differs");
            case BlobName.Control(String file, var _) -> require(("control/" + file).equals(name), name, "differs");
            case BlobName.LineageAside(String aside) -> require(aside.equals(name), name, "differs");
            case BlobName.Lineage _ -> require(BlobLayout.LINEAGE.equals(name), name, "differs");
            case BlobName.Foreign(String foreign) -> require(foreign.equals(name), name, "differs");
        }
    }

    private static void require(boolean condition, String name, String otherwise) {
        if (!condition) {
            throw new AssertionError('"' + name + "\" " + otherwise);
        }
    }
}
