/* One connection: what it says, and what follows by itself from whatever just happened to it. */
#include "host.h"

/* NC-DATA-5: rcv_nxt rides on every packet. */
void connection_tell(struct host *host, struct connection *connection, enum packet_type type, uint32_t tag,
                     uint64_t offset)
{
    connection->told = receiver_rcv_nxt(&connection->receiver);
    channel_put_control(host, &(struct packet) {
        .type = type, .source_port = connection->ports.local, .destination_port = connection->ports.peer, .tag = tag,
        .connection = connection->id, .offset = offset, .ack = connection->told});
}

static void tell_fin(struct host *host, struct connection *connection)
{
    connection_tell(host, connection, FIN, 0, sender_end(&connection->sender));
}

/* NC-FAIL-2: what a new control channel is told about this connection. */
void connection_repeat_control_state(struct host *host, struct connection *connection)
{
    const struct receiver *receiver = &connection->receiver;
    if (connection->state == SYN_SENT)
        connection_tell(host, connection, NCSYN, connection->class, connection->sender.size);
    else if (connection->dialed)
        connection_tell(host, connection, ACK, 0, 0);
    else
        connection_tell(host, connection, NCSYN_ACK, 0, connection->sender.size);
    if (receiver->epoch > 0)
        connection_tell(host, connection, receiver->stop_outstanding ? STOP : RESUME, receiver->epoch, 0);
    if (connection->sender.fin_sent && !connection->sender.fin_acknowledged)
        tell_fin(host, connection);
}

/* Runs a timer exactly while it is wanted; one that runs already goes on. */
static void keep_timer(struct host *host, struct connection *connection, enum timer timer, bool wanted, uint64_t delay)
{
    if (!wanted)
        connection->deadline[timer] = NEVER;
    else if (connection->deadline[timer] == NEVER)
        connection->deadline[timer] = host->now + delay;
}

static void keep_timers(struct host *host, struct connection *connection)
{
    const struct receiver *receiver = &connection->receiver;
    const struct settings *settings = &host->settings;
    keep_timer(host, connection, HEAD_OF_LINE_TIMER, receiver->queue != NULL && !receiver->stop_outstanding,
               settings->hol_timer); /* NC-HOL-3 */
    keep_timer(host, connection, ACKNOWLEDGEMENT_TIMER, receiver_rcv_nxt(receiver) > connection->told,
               settings->ack_delay); /* NC-DATA-5 */
    keep_timer(host, connection, CHANNEL_LOST_TIMER,
               sender_waits(&connection->sender) && !channel_has_active(host, connection->class),
               settings->connect_timeout); /* NC-FAIL-1 */
}

/* NC-DATA-5: after a quarter of the peer's send buffer; NC-FIN-5: with the end. */
static void acknowledge_at_once(struct host *host, struct connection *connection, bool ended)
{
    const struct receiver *receiver = &connection->receiver;
    uint64_t untold = receiver_rcv_nxt(receiver) - connection->told;
    if (untold > 0 && (ended || 4 * untold >= receiver->peer_buffer))
        connection_tell(host, connection, ACK, 0, 0);
}

void connection_settle(struct host *host, struct connection *connection)
{
    struct sender *sender = &connection->sender;
    if (connection->state != ESTABLISHED)
        return;
    receiver_move(&connection->receiver);
    if (sender_fin_is_due(sender)) {
        sender->fin_sent = true;
        tell_fin(host, connection);
    }
    bool ended = sender->fin_acknowledged && receiver_has_fin_in_sequence(&connection->receiver);
    acknowledge_at_once(host, connection, ended);
    if (ended)
        connection_over(host, connection, CLEAN, 0); /* NC-FIN-5 */
    else
        keep_timers(host, connection);
}

void connection_fire(struct host *host, struct connection *connection, enum timer timer)
{
    struct receiver *receiver = &connection->receiver;
    connection->deadline[timer] = NEVER;
    connection->touched = true;
    switch (timer) {
    case CONNECT_TIMER: /* NC-HS-6 */
        connection_put_reset(host, connection->id, connection->ports, TIMED_OUT, 0);
        connection_over(host, connection, TIMEOUT, TIMED_OUT);
        break;
    case HEAD_OF_LINE_TIMER: /* NC-HOL-4: the queue is not empty, or the timer would not run */
        receiver->epoch++;
        receiver->stop_outstanding = true;
        connection_tell(host, connection, STOP, receiver->epoch, 0);
        break;
    case ACKNOWLEDGEMENT_TIMER:
        connection_tell(host, connection, ACK, 0, 0);
        break;
    default:
        connection_reset(host, connection, CHANNEL_LOST);
    }
}

/* NC-HOL-7: the two occasions for RESUME. */
void connection_read_or_stop_acknowledged(struct host *host, struct connection *connection)
{
    receiver_move(&connection->receiver);
    if (receiver_resume_is_due(&connection->receiver)) {
        receiver_resumed(&connection->receiver);
        connection_tell(host, connection, RESUME, connection->receiver.epoch, 0);
    }
    connection->touched = true;
}

void connection_put_reset(struct host *host, uint64_t id, struct ports ports, enum reset_reason reason, uint64_t ack)
{
    struct packet reset = {.type = RST, .source_port = ports.local, .destination_port = ports.peer, .tag = reason,
                           .connection = id, .ack = ack};
    memory_remember(&host->resets_sent, host->now, &reset);
    channel_put_control(host, &reset);
}

/* NC-RST-1: the side that sends an RST sees the same reason. */
void connection_reset(struct host *host, struct connection *connection, enum reset_reason reason)
{
    connection_put_reset(host, connection->id, connection->ports, reason, receiver_rcv_nxt(&connection->receiver));
    connection_over(host, connection, RESET, reason);
}

/* NC-FIN-5, NC-RST-1: unknown from now on; a socket still reads what was received in order. */
void connection_over(struct host *host, struct connection *connection, enum ending ending, uint32_t reason)
{
    connection->state = CLOSED;
    connection->ending = ending;
    connection->reason = reason;
    connection->touched = true;
    for (int timer = 0; timer < TIMERS; timer++)
        connection->deadline[timer] = NEVER;
    sender_free(&connection->sender);
    receiver_keep_readable(&connection->receiver);
    memory_remember(&host->gone, host->now, &(struct packet) {.connection = connection->id});
}
