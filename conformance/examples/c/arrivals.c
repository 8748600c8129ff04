/* What arrives from the network, and what this host does about it. */
#include "host.h"

static struct ports answer_ports(const struct packet *packet)
{
    return (struct ports) {packet->destination_port, packet->source_port};
}

/* Packets that this host knows no connection for */

static void put_unknown(struct host *host, const struct packet *packet)
{
    connection_put_reset(host, packet->connection, answer_ports(packet), UNKNOWN_CONNECTION, 0);
}

/* NC-HS-7: at most one answer for an id within the acknowledgement delay; one more stands for all that came meanwhile,
 * and goes to the ports of the last. */
static void answer_unknown(struct host *host, const struct packet *packet)
{
    struct remembered *answer = memory_find(&host->answers, host->now, packet->connection);
    struct packet ports = {.source_port = packet->source_port, .destination_port = packet->destination_port,
                           .connection = packet->connection};
    if (answer == NULL) {
        memory_remember(&host->answers, host->now, &ports);
        put_unknown(host, packet);
    } else {
        answer->packet = ports;
        answer->due = true;
    }
}

void host_answer_due(struct host *host, struct remembered *answer)
{
    struct packet packet = answer->packet;
    memory_forget(&host->answers, packet.connection);
    answer_unknown(host, &packet);
}

static void refuse(struct host *host, const struct packet *packet, enum refusal reason)
{
    struct packet refusal = {.type = NCREFUSE, .source_port = packet->destination_port,
                             .destination_port = packet->source_port, .tag = reason, .connection = packet->connection};
    memory_forget(&host->refused, packet->connection);
    memory_remember(&host->refused, host->now, &refusal);
    channel_put_control(host, &refusal);
}

static void learn_peer_buffer(struct connection *connection, const struct packet *packet)
{
    struct receiver *receiver = &connection->receiver;
    if (!receiver->peer_announced && packet->offset < LARGEST_BUFFER)
        receiver->peer_buffer = packet->offset;
    receiver->peer_announced = true;
}

/* Also for a known id: NCSYN_ACK again, and nothing else (NC-HS-2). */
static void welcome(struct host *host, struct connection *connection, const struct packet *packet)
{
    learn_peer_buffer(connection, packet);
    connection_tell(host, connection, NCSYN_ACK, 0, connection->sender.size);
}

/* The table first, then the accept queue, then NCSYN_ACK (R9). An answer that still waits would end the child. */
static void admit(struct host *host, const struct packet *packet, struct listener *listener)
{
    struct connection *child = host_add(host, packet->connection, answer_ports(packet),
                                        (enum channel_class) packet->tag, false);
    memory_forget(&host->answers, packet->connection);
    child->in_accept_queue = true;
    child->arrival = ++host->arrivals;
    listener->waiting++;
    welcome(host, child, packet);
}

/* NC-HS-2, in its order; what NC-HS-7 says about an RST that came first comes before it. */
static void on_unknown_ncsyn(struct host *host, const struct packet *packet)
{
    uint64_t id = packet->connection;
    struct listener *listener = host_listener(host, packet->destination_port);
    struct remembered *refused = memory_find(&host->refused, host->now, id);
    if (memory_find(&host->resets_heard, host->now, id) != NULL)
        return;
    if (memory_find(&host->gone, host->now, id) != NULL || host_find(host, id) != NULL)
        put_unknown(host, packet);
    else if (refused != NULL)
        refuse(host, packet, (enum refusal) refused->packet.tag);
    else if (packet->tag != LATENCY && packet->tag != THROUGHPUT)
        connection_put_reset(host, id, answer_ports(packet), PROTOCOL_ERROR, 0);
    else if (listener == NULL)
        refuse(host, packet, NO_LISTENER);
    else if (listener->waiting >= listener->backlog)
        refuse(host, packet, BACKLOG_FULL);
    else if (host_is_over_limit(host))
        refuse(host, packet, LIMIT);
    else
        admit(host, packet, listener);
}

static void on_unknown(struct host *host, const struct packet *packet)
{
    switch (packet->type) {
    case NCSYN:
        on_unknown_ncsyn(host, packet);
        break;
    case RST:
        memory_forget(&host->resets_heard, packet->connection);
        memory_remember(&host->resets_heard, host->now, packet);
        break;
    case DATA: case FIN: case ACK: case STOP: case NCSYN_ACK:
        answer_unknown(host, packet);
        break;
    default:
        break; /* NC-HS-7: every other packet is ignored */
    }
}

/* Packets of connections */

static void on_rst(struct host *host, struct connection *connection, uint32_t tag)
{
    uint32_t reason = tag >= ABORTED && tag <= TIMED_OUT ? tag : PROTOCOL_ERROR;
    bool finished = connection->sender.fin_sent && receiver_has_fin_in_sequence(&connection->receiver);
    if (reason == UNKNOWN_CONNECTION && finished)
        connection_over(host, connection, CLEAN, 0); /* NC-FIN-6 */
    else
        connection_over(host, connection, RESET, reason); /* NC-RST-1, NC-HS-11 */
}

static void on_ncrefuse(struct host *host, struct connection *connection, uint32_t tag)
{
    if (connection->state != SYN_SENT)
        return; /* NC-HS-4 */
    if (tag >= NO_LISTENER && tag <= LIMIT)
        connection_over(host, connection, REFUSED, tag);
    else
        connection_reset(host, connection, PROTOCOL_ERROR);
}

static void on_data(struct host *host, struct connection *connection, struct channel *channel,
                    const struct packet *packet)
{
    struct receiver *receiver = &connection->receiver;
    uint64_t end = packet->offset + packet->length;
    if (channel->class != connection->class)
        connection_reset(host, connection, PROTOCOL_ERROR); /* NC-HDR-5 */
    else if (end < packet->offset || end > receiver_limit(receiver))
        connection_reset(host, connection, BUFFER_EXCEEDED); /* NC-DATA-6 */
    else if (receiver->has_final && end > receiver->final)
        connection_reset(host, connection, PROTOCOL_ERROR); /* NC-FIN-3 */
    else if (!receiver_is_new(receiver, packet->offset, end))
        return; /* NC-DATA-4 */
    else if (connection->reader_gone)
        connection_reset(host, connection, CLOSED_BY_PEER); /* NC-FIN-4 */
    else
        receiver_arrive(receiver, &channel->charge, packet->offset, packet->payload, packet->length);
}

/* NC-HOL-6: any but that for the outstanding epoch is ignored; an offset that nobody may send at is an error. */
static void on_stop_ack(struct host *host, struct connection *connection, const struct packet *packet)
{
    struct receiver *receiver = &connection->receiver;
    if (!receiver->stop_outstanding || packet->tag != receiver->epoch)
        return;
    if (packet->offset > receiver_limit(receiver)) {
        connection_reset(host, connection, PROTOCOL_ERROR);
        return;
    }
    receiver_stop_acknowledged(receiver, packet->offset);
    connection_read_or_stop_acknowledged(host, connection);
}

static void on_fin(struct host *host, struct connection *connection, const struct packet *packet)
{
    struct receiver *receiver = &connection->receiver;
    if (receiver->peer_announced && packet->offset > receiver_limit(receiver))
        connection_reset(host, connection, BUFFER_EXCEEDED); /* NC-DATA-6: nobody may send the byte before it */
    else if (!receiver_finish(receiver, packet->offset))
        connection_reset(host, connection, PROTOCOL_ERROR); /* NC-FIN-3 */
}

static void on_established(struct host *host, struct connection *connection, struct channel *channel,
                           const struct packet *packet)
{
    switch (packet->type) {
    case NCSYN:
        welcome(host, connection, packet);
        break;
    case NCSYN_ACK:
        learn_peer_buffer(connection, packet);
        break;
    case DATA:
        on_data(host, connection, channel, packet);
        break;
    case STOP: /* NC-HOL-5: STOP_ACK with snd_nxt is always the answer */
        sender_stop(&connection->sender, packet->tag);
        connection_tell(host, connection, STOP_ACK, packet->tag, connection->sender.snd_nxt);
        break;
    case STOP_ACK:
        on_stop_ack(host, connection, packet);
        break;
    case RESUME:
        sender_resume(&connection->sender, packet->tag);
        break;
    case FIN:
        on_fin(host, connection, packet);
        break;
    default:
        break; /* ACK: all it says is in the header, and done */
    }
}

static void on_known(struct host *host, struct connection *connection, struct channel *channel,
                     const struct packet *packet)
{
    connection->touched = true;
    if (packet->type == RST) {
        on_rst(host, connection, packet->tag);
    } else if (packet->type == NCREFUSE) {
        on_ncrefuse(host, connection, packet->tag);
    } else if (packet->type != NCSYN || connection->state != SYN_SENT) { /* NC-HS-9: no NCSYN establishes */
        connection->state = ESTABLISHED;                                 /* NC-HS-3 */
        connection->deadline[CONNECT_TIMER] = NEVER;
        if (packet->type != NCSYN && !sender_acknowledge(&connection->sender, packet->ack))
            connection_reset(host, connection, PROTOCOL_ERROR); /* NC-DATA-5 */
        else
            on_established(host, connection, channel, packet);
    }
}

static void on_connection_packet(struct host *host, struct channel *channel, const struct packet *packet)
{
    struct connection *connection = host_find(host, packet->connection);
    if (connection == NULL || connection->state == CLOSED)
        on_unknown(host, packet);
    else if (packet->destination_port == connection->ports.local && packet->source_port == connection->ports.peer)
        on_known(host, connection, channel, packet); /* NC-HDR-4: dropped with any other ports */
}

/* Channels */

/* NC-FAIL-3: a later life of the peer ends the connections and the channels of the one before. */
static void peer_has_restarted(struct host *host, uint64_t incarnation)
{
    for (struct channel *channel = host->channels; channel != NULL; channel = channel->next)
        if (channel->alive && channel->greeted && channel->hello.incarnation < incarnation)
            channel_fail(host, channel);
    for (struct connection *connection = host->connections; connection != NULL; connection = connection->next)
        if (connection->state == ESTABLISHED)
            connection_reset(host, connection, HOST_RESTARTED);
}

static const char *on_hello(struct host *host, struct channel *channel, const struct packet *packet)
{
    struct hello hello;
    const char *fault = hello_decode(packet, &hello);
    if (fault != NULL)
        return fault;
    if (hello.channel != channel->number || hello.class != channel->class)
        return "a HELLO of another channel"; /* NC-CH-2 */
    if (host->peer_known && hello.incarnation < host->peer_incarnation)
        return "a HELLO of an earlier life"; /* NC-FAIL-3 */
    if (host->peer_known && hello.incarnation > host->peer_incarnation)
        peer_has_restarted(host, hello.incarnation);
    host->peer_known = true;
    host->peer_incarnation = hello.incarnation;
    channel->greeted = true;
    channel->hello = hello;
    channel_touch_users(host, channel->class);
    return NULL;
}

/* NULL, or why the channel is failed. */
static const char *arrive(struct host *host, struct channel *channel, const uint8_t *raw, size_t length)
{
    struct packet packet;
    const char *fault = packet_decode(raw, length, (uint32_t) host->settings.max_payload, &packet);
    bool control = channel->class == CONTROL;
    if (fault != NULL)
        return fault;
    if (channel->close_received)
        return "a packet after CHANNEL_CLOSE"; /* NC-CH-5 */
    if ((packet.type == HELLO) == channel->greeted)
        return "a second HELLO, or none first"; /* NC-CH-2 */
    if (packet.type == HELLO)
        return on_hello(host, channel, &packet);
    if (packet.type == 0 || packet.type > CHANNEL_CLOSE)
        return NULL; /* NC-HDR-3 */
    if (packet.type == CHANNEL_CLOSE ? control : (packet.type == DATA) == control)
        return "a type that does not travel on this channel"; /* NC-HDR-5 */
    if (packet.type == CHANNEL_CLOSE) {
        channel->close_received = true;
        channel_drain(host, channel);
    } else if (packet.connection != 0) {
        on_connection_packet(host, channel, &packet);
    }
    return NULL;
}

void host_deliver(struct host *host, struct channel *channel, const uint8_t *raw, size_t length, bool *accepted,
                  bool *failed)
{
    *accepted = !channel->alive || channel->class == CONTROL || channel->charge < host->settings.channel_budget;
    if (channel->alive && *accepted && arrive(host, channel, raw, length) != NULL)
        channel_fail(host, channel);
    *failed = !channel->alive;
}
