package org.netchannel.optimized.nio;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The selection keys of one channel, one for each selector. Any thread calls. */
final class SelectionKeys {
    private final List<VirtualSelectionKey> keys = new CopyOnWriteArrayList<>();

    void add(VirtualSelectionKey key) {
        keys.add(key);
    }

    void remove(VirtualSelectionKey key) {
        keys.remove(key);
    }

    /** The channel's state has changed: each key is to notice what that state allows. */
    void refresh() {
        for (VirtualSelectionKey key : keys) {
            key.refresh();
        }
    }
}
