package org.netchannel.optimized.tcp;

import java.lang.foreign.MemorySegment;
import org.netchannel.optimized.tcp.State.Event;
import org.netchannel.optimized.tcp.congestion.CongestionControl;
import org.netchannel.optimized.tcp.wire.FrameBuffer;
import org.netchannel.optimized.tcp.wire.TcpHeader;

/**
 * A connection: the transmission control block of RFC 9293, section 3.3.1, and what an application can do with it
 * (section 3.9.1). Calls never wait: they take or give what is possible now. The thread of its {@link TcpLayer} calls;
 * what calls lead to is sent by the next {@link TcpLayer#transmit}.
 */
public final class TcpConnection {
    /** Why a connection is over that did not end by FIN on both sides. */
    public enum Failure {
        /** The peer answered SYN by RST. */
        REFUSED,
        /** The peer sent RST. */
        RESET,
        /** The peer did not answer for too long. */
        TIMEOUT,
        /** This side gave up. */
        ABORTED
    }

    /** What {@link #receive} answers when the peer has sent everything and it was read. */
    public static final int END_OF_STREAM = -1;

    final TcpLayer layer;
    final Flow flow = new Flow();
    /** The listener whose child this is until it is established; null otherwise. */
    TcpListener listener;
    TcpConnection older;
    TcpConnection younger;
    /** The next one of the same place in the table of connections. */
    TcpConnection nextInBucket;
    /** The next one that may have something to send. */
    TcpConnection nextReady;
    boolean ready;

    State state = State.CLOSED;
    Failure failure;
    private boolean closeWanted;
    /** The application will not read any more. */
    boolean readingClosed;
    boolean nagle;

    final SendQueue sending;
    /** ISS. */
    long initialSend;
    /** SND.UNA: the oldest position that is not acknowledged. */
    long unacknowledged;
    /** SND.NXT: one past the highest position that was sent. */
    long nextSend;
    /** SND.WND. */
    long sendWindow;
    /** SND.WL1. */
    long windowSequence;
    /** SND.WL2. */
    long windowAcknowledgement;
    /** MAX.SND.WND (RFC 5961, section 5.2). */
    long largestWindow;
    int sendShift;
    /** When something with a position of its own was sent last; 0 for never. */
    long lastDataSentNs;
    /** The payload of a full segment: SMSS less the options that every segment has. */
    int segmentBytes;

    final ReceiveQueue receiving;
    /** IRS. */
    long initialReceive;
    /** The position of the peer's FIN; -1 while it is not known. */
    long finAt = -1;
    boolean finReceived;

    boolean windowScaleOn;
    boolean sackOn;
    boolean timestampsOn;
    boolean ecnOn;
    /** TS.Recent (RFC 7323, section 4.3). */
    int recentTimestamp;
    long recentTimestampAtNs;
    int timestampOffset;

    final RoundTrip roundTrip;
    final CongestionControl congestion;
    final Recovery recovery;
    final Acknowledging acknowledging;
    final Retransmission retransmission;
    final KeepAlive keepAlive;
    final ChallengeLimit challenges = new ChallengeLimit();
    final TcpTimer lastTimer = new TcpTimer(TcpTimer.Kind.LAST, this);

    TcpConnection(TcpLayer layer, Flow flow) {
        Settings settings = layer.settings();
        this.layer = layer;
        this.flow.set(flow);
        this.nagle = settings.isOn(Setting.NAGLE);
        this.sending = new SendQueue((int) settings.get(Setting.SEGMENTS));
        this.receiving = new ReceiveQueue((int) settings.get(Setting.SEGMENTS),
                (int) settings.get(Setting.EARLY_SEGMENTS), layer.earlySegments());
        this.roundTrip = new RoundTrip(settings);
        this.congestion = settings.congestion().create();
        this.recovery = new Recovery(this);
        this.acknowledging = new Acknowledging(this);
        this.retransmission = new Retransmission(this);
        this.keepAlive = new KeepAlive(this);
    }

    /** RFC 9293, section 3.10.1 and 3.10.7.2: ISS is chosen and SYN put into the queue. */
    void begin() {
        initialSend = layer.sequences().of(flow, layer.nowNs());
        timestampOffset = layer.sequences().timestampOffset(flow);
        unacknowledged = initialSend;
        nextSend = initialSend;
        sending.begin(initialSend);
        recovery.begin(initialSend);
        retransmission.begin();
        layer.ready(this);
    }

    /** The only place where the state changes. */
    void apply(Event event) {
        state = state.after(event);
        switch (state) {
            case ESTABLISHED -> {
                keepAlive.heard();
                if (closeWanted) {
                    shutdown();
                }
            }
            case FIN_WAIT_2 -> {
                if (readingClosed) {
                    startLastTimer(layer.settings().get(Setting.FIN_TIMEOUT));
                }
            }
            case TIME_WAIT -> {
                sending.clear();
                retransmission.stop();
                keepAlive.stop();
                startTimeWait();
            }
            case CLOSED -> layer.remove(this);
            default -> { }
        }
    }

    /** Twice the maximum segment lifetime begins, or begins anew with the peer's FIN (RFC 9293, section 3.10.7.4). */
    void startTimeWait() {
        startLastTimer(2 * layer.settings().get(Setting.SEGMENT_LIFETIME));
    }

    private void startLastTimer(long lengthNs) {
        layer.timers().start(lastTimer, layer.nowNs() + lengthNs);
    }

    /** It is over for a reason that the application has to know. */
    void fail(Failure why) {
        failure = why;
        apply(Event.END);
    }

    /** A half-open connection makes way: nothing is sent, as if its SYN had been lost. */
    void forget() {
        fail(Failure.ABORTED);
    }

    /**
     * Where it stands.
     *
     * @return one of RFC 9293
     */
    public State state() {
        return state;
    }

    /**
     * Why it is over.
     *
     * @return null while it is not, and when both sides ended by FIN
     */
    public Failure failure() {
        return failure;
    }

    /**
     * Its two ends.
     *
     * @return addresses and ports, not to be changed
     */
    public Flow flow() {
        return flow;
    }

    /**
     * Whether small segments wait for acknowledgements (RFC 9293, section 3.7.4).
     *
     * @param on false to send them at once
     */
    public void setNagle(boolean on) {
        nagle = on;
        layer.ready(this);
    }

    /**
     * How many bytes {@link #send} would take.
     *
     * @return 0 when the send buffer is full or nothing may be sent any more
     */
    public int sendRoom() {
        boolean open = state.takesData() && !closeWanted;
        return open ? (int) (layer.settings().get(Setting.SEND_BUFFER) - sending.payloadBytes()) : 0;
    }

    /**
     * SEND: copies bytes into buffers, where they stay until the peer has acknowledged them.
     *
     * @param source holds the bytes
     * @param at byte offset of the first
     * @param length how many, 0 or more
     * @return how many were taken: fewer when the send buffer is full or the connection has its share of the buffers of
     *     its host, 0 when nothing may be sent any more
     */
    public int send(MemorySegment source, long at, int length) {
        int taken = sending.append(layer.pool(), source, at, Math.min(length, sendRoom()), segmentBytes);
        if (taken > 0) {
            layer.ready(this);
        }
        return taken;
    }

    /**
     * SEND without a copy: the buffer must not be changed while it is kept.
     *
     * @param buffer the connection takes over one of the caller's references when it answers true
     * @param at byte offset of the payload
     * @param length at least 1
     * @return whether it was taken, as a whole
     */
    public boolean send(FrameBuffer buffer, long at, int length) {
        if (length > sendRoom() || !sending.append(buffer, at, length)) {
            return false;
        }
        layer.ready(this);
        return true;
    }

    /**
     * SEND with a header in front: a few bytes that are copied, and a payload that is not. They go in one segment where
     * it has room.
     *
     * @param front holds the header
     * @param frontAt byte offset of the header
     * @param frontBytes its length, 1 to 42
     * @param buffer as in {@link #send(FrameBuffer, long, int)}
     * @param at byte offset of the payload
     * @param length at least 1
     * @return whether both were taken, as a whole
     */
    public boolean send(MemorySegment front, long frontAt, int frontBytes, FrameBuffer buffer, long at, int length) {
        if (frontBytes > SendPiece.MOST_FRONT_BYTES) {
            throw new IllegalArgumentException("frontBytes is " + frontBytes + ", legal is 1 to "
                    + SendPiece.MOST_FRONT_BYTES);
        }
        if (frontBytes + length > sendRoom() || !sending.append(front, frontAt, frontBytes, buffer, at, length)) {
            return false;
        }
        layer.ready(this);
        return true;
    }

    /**
     * How many bytes {@link #receive} can give now.
     *
     * @return 0 or more
     */
    public long readable() {
        return receiving.readableBytes();
    }

    /**
     * RECEIVE: copies bytes that are there.
     *
     * @param target takes the bytes
     * @param at byte offset of the first
     * @param most how many at most, at least 1
     * @return how many there were, 0 when there are none now, {@link #END_OF_STREAM} when there will be none any more:
     *     then {@link #failure} says whether it was the peer who said so
     */
    public int receive(MemorySegment target, long at, int most) {
        int length = receiving.read(target, at, most);
        if (length > 0) {
            acknowledging.wasRead();
            return length;
        }
        return finReceived || state == State.CLOSED ? END_OF_STREAM : 0;
    }

    /**
     * RECEIVE without a copy.
     *
     * @param view is filled; the caller gets a reference to its buffer
     * @return false when there is nothing to be read now
     */
    public boolean take(ReceivedView view) {
        if (!receiving.take(view)) {
            return false;
        }
        acknowledging.wasRead();
        return true;
    }

    /** CLOSE: nothing more will be sent; the peer's data can still be read (RFC 9293, section 3.6). */
    public void shutdown() {
        switch (state) {
            case SYN_SENT -> apply(Event.CLOSE);
            case SYN_RECEIVED -> closeWanted = true;
            case ESTABLISHED, CLOSE_WAIT -> {
                sending.finish();
                apply(Event.CLOSE);
                layer.ready(this);
            }
            default -> { }
        }
    }

    /**
     * Nothing more will be sent or read. Bytes that nobody will read are answered by RST (RFC 1122, section 4.2.2.13).
     */
    public void close() {
        readingClosed = true;
        boolean unread = receiving.readableBytes() > 0;
        receiving.clear();
        if (unread && state.isSynchronized()) {
            abort();
            return;
        }
        shutdown();
        if (state == State.FIN_WAIT_2) {
            startLastTimer(layer.settings().get(Setting.FIN_TIMEOUT));
        }
    }

    /**
     * ABORT (RFC 9293, section 3.10.5): the peer gets RST, and everything that was not sent or not read is dropped,
     * also where the connection is over already.
     */
    public void abort() {
        receiving.clear();
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.SYN_RECEIVED || state.isSynchronized() && state != State.TIME_WAIT) {
            layer.answers().put(flow, (int) nextSend, (int) receiveNext(), TcpHeader.RST | TcpHeader.ACK);
        }
        fail(Failure.ABORTED);
    }

    /** RCV.NXT: payload in sequence, and the FIN behind it. */
    long receiveNext() {
        return receiving.next() + (finReceived ? 1 : 0);
    }

    /** Whether this side's FIN was sent and acknowledged. */
    boolean isFinAcknowledged() {
        return unacknowledged == sending.end();
    }
}
