package dev.jellykeep.images;

import java.util.List;

/// A part of an image that is fetched, and kept, by itself: what changes seldom comes first.
record Layer(String name, List<Entry> entries) {
    Layer {
        entries = List.copyOf(entries);
    }
}
