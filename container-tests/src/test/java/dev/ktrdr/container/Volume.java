package dev.ktrdr.container;

import dev.ktrdr.container.Command.Result;
import java.util.List;

/// A named volume of this run.
///
/// @param name in the engine
record Volume(String name) implements AutoCloseable {

    static Volume fresh() {
        String name = Docker.freshName();
        Result _ = Docker.run("volume", "create", "--label", Docker.LABEL, name);
        return new Volume(name);
    }

    /// {@return a volume whose root belongs to `owner`, given as uid:gid}
    ///
    /// It is not quite empty, since the engine gives an empty one the owner that the folder has in
    /// the image.
    static Volume ownedBy(String owner) {
        Volume volume = fresh();
        Result _ =
                volume.root("touch /volume/.keep && chown " + owner + " /volume /volume/.keep")
                        .fine();
        return volume;
    }

    /// {@return the value of `-v` for mounting it as the data folder}
    String asData() {
        return name + ":/home/ktrdr/app/data";
    }

    /// {@return the value of `-v` for mounting it as the log folder}
    String asLogs() {
        return name + ":/home/ktrdr/app/logs";
    }

    /// {@return what a line of shell did as root; the volume is `/volume`}
    Result root(String script) {
        List<String> options = List.of("-u", "0", "-v", name + ":/volume", "--entrypoint", "sh");
        return Docker.once(options, "-c", script);
    }

    @Override
    public void close() {
        Result _ = Docker.command("volume", "rm", "-f", name).run();
    }
}
