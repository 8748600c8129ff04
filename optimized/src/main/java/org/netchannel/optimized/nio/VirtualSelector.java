package org.netchannel.optimized.nio;

import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.netchannel.optimized.PollKey;
import org.netchannel.optimized.Poller;

/** A selector over a {@link Poller}. Interest that changes counts at once, for a selection under way, too. */
final class VirtualSelector extends AbstractSelector {
    /** The most keys that one selection reports; others come first next time. */
    private static final int MOST = 1_024;

    private final Poller poller;
    private final Set<SelectionKey> keys = ConcurrentHashMap.newKeySet();
    private final Set<SelectionKey> keysView = Collections.unmodifiableSet(keys);
    private final Set<SelectionKey> selected = new HashSet<>();
    private final Set<SelectionKey> selectedView = new RemoveOnlySet<>(selected);
    private final PollKey[] ready = new PollKey[MOST];

    VirtualSelector(VirtualSelectorProvider provider) {
        super(provider);
        this.poller = new Poller(provider.stack());
    }

    Poller poller() {
        return poller;
    }

    @Override
    protected SelectionKey register(AbstractSelectableChannel channel, int operations, Object attachment) {
        if (!(channel instanceof PolledChannel polled) || channel.provider() != provider()) {
            throw new IllegalSelectorException();
        }
        requireOpen();
        VirtualSelectionKey key = new VirtualSelectionKey(this, channel, polled);
        key.attach(attachment);
        keys.add(key);
        polled.selectionKeys().add(key);
        key.setInterest(operations);
        return key;
    }

    private void requireOpen() {
        if (!isOpen()) {
            throw new ClosedSelectorException();
        }
    }

    @Override
    public Set<SelectionKey> keys() {
        requireOpen();
        return keysView;
    }

    @Override
    public Set<SelectionKey> selectedKeys() {
        requireOpen();
        return selectedView;
    }

    @Override
    public int selectNow() throws IOException {
        return selectFor(0);
    }

    @Override
    public int select() throws IOException {
        return selectFor(Long.MAX_VALUE);
    }

    @Override
    public int select(long timeout) throws IOException {
        if (timeout < 0) {
            throw new IllegalArgumentException("timeout is " + timeout + ", legal is 0 and more");
        }
        return selectFor(timeout == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(timeout));
    }

    private int selectFor(long timeoutNs) throws IOException {
        synchronized (this) {
            requireOpen();
            synchronized (selectedView) {
                forgetCancelled();
                int count = poll(timeoutNs);
                forgetCancelled();
                return select(count);
            }
        }
    }

    private int poll(long timeoutNs) throws IOException {
        try {
            begin();
            return poller.poll(ready, timeoutNs);
        } catch (IOException e) {
            requireOpen();
            throw e;
        } finally {
            end();
        }
    }

    private int select(int count) {
        int updated = 0;
        for (int i = 0; i < count; i++) {
            VirtualSelectionKey key = (VirtualSelectionKey) ready[i].attachment();
            int operations = key.isValid() ? key.operations(ready[i].ready()) : 0;
            ready[i] = null;
            if (operations != 0 && select(key, operations)) {
                updated++;
            }
        }
        return updated;
    }

    private boolean select(VirtualSelectionKey key, int operations) {
        if (selected.add(key)) {
            key.setReady(operations);
            return true;
        }
        return key.addReady(operations);
    }

    private void forgetCancelled() {
        List<SelectionKey> cancelled;
        synchronized (cancelledKeys()) {
            if (cancelledKeys().isEmpty()) {
                return;
            }
            cancelled = new ArrayList<>(cancelledKeys());
            cancelledKeys().clear();
        }
        cancelled.forEach(this::forget);
    }

    private void forget(SelectionKey cancelled) {
        VirtualSelectionKey key = (VirtualSelectionKey) cancelled;
        keys.remove(key);
        selected.remove(key);
        key.forget();
        deregister(key);
    }

    @Override
    public Selector wakeup() {
        poller.wakeup();
        return this;
    }

    @Override
    protected void implCloseSelector() {
        poller.close();
        synchronized (this) {
            synchronized (selectedView) {
                List.copyOf(keys).forEach(this::forget);
                selected.clear();
            }
        }
    }
}
