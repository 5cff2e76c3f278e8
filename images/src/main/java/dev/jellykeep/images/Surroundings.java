package dev.jellykeep.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The little that programs expect around them: names of users, how hosts are looked up, and a folder for what is
/// temporary.
final class Surroundings {
    private Surroundings() {}

    /// @param folder is made
    static List<Entry> entries(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path users = folder.resolve("passwd");
        Files.writeString(users, """
                root:x:0:0:root:/:/none
                jellykeep:x:1000:1000:jellykeep:/:/none
                nonroot:x:65532:65532:nonroot:/:/none
                """);
        Path groups = folder.resolve("group");
        Files.writeString(groups, "root:x:0:\njellykeep:x:1000:\nnonroot:x:65532:\n");
        Path hosts = folder.resolve("nsswitch.conf");
        Files.writeString(hosts, "passwd: files\ngroup: files\nhosts: files dns\n", StandardCharsets.UTF_8);
        return List.of(
                Entry.folder("/etc", folder, 0755),
                Entry.file("/etc/passwd", users),
                Entry.file("/etc/group", groups),
                Entry.file("/etc/nsswitch.conf", hosts),
                Entry.folder("/tmp", folder, 0777));
    }
}
