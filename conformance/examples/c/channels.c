/* Channels as this host sees them (sections 3, 8 and 9). */
#include "host.h"

static bool is_active(const struct channel *channel)
{
    return channel->alive && channel->greeted && !channel->draining; /* NC-CH-2, NC-CH-5 */
}

struct channel *channel_find(struct host *host, uint32_t number)
{
    struct channel *found = host->channels;
    while (found != NULL && found->number != number)
        found = found->next;
    return found;
}

/* NC-CH-3: the last that came up here; NULL when there is none. */
static struct channel *newest_control(struct host *host)
{
    struct channel *channel = host->channels;
    while (channel != NULL && (!channel->alive || channel->class != CONTROL))
        channel = channel->next;
    return channel;
}

bool channel_has_active(const struct host *host, enum channel_class class)
{
    for (const struct channel *channel = host->channels; channel != NULL; channel = channel->next)
        if (is_active(channel) && channel->class == class)
            return true;
    return false;
}

static void put(struct bytes *transmit, const struct packet *packet)
{
    packet_encode(packet, bytes_extend(transmit, HEADER_SIZE));
    bytes_append(transmit, packet->payload, packet->length);
}

/* Without a control channel it is lost: the next one is told the state anew (NC-FAIL-2). */
void channel_put_control(struct host *host, const struct packet *packet)
{
    struct channel *channel = newest_control(host);
    if (channel != NULL)
        put(&channel->transmit, packet);
}

static void repeat_control_state(struct host *host)
{
    for (struct connection *connection = host->connections; connection != NULL; connection = connection->next)
        if (connection->state != CLOSED)
            connection_repeat_control_state(host, connection);
    memory_expire(&host->resets_sent, host->now);
    for (struct remembered *reset = host->resets_sent.first; reset != NULL; reset = reset->next)
        channel_put_control(host, &reset->packet);
}

bool channel_may_be_numbered(const struct host *host, uint32_t number, bool dialer)
{
    return host->channels == NULL || host->dials_odd == ((number % 2 == 1) == dialer);
}

void channel_up(struct host *host, uint32_t number, enum channel_class class, bool dialer)
{
    uint8_t payload[HELLO_PAYLOAD_SIZE];
    struct hello hello = {host->incarnation, number, class, (uint32_t) host->settings.max_payload};
    struct channel *channel = zeroed(sizeof *channel);
    *channel = (struct channel) {.number = number, .class = class, .alive = true, .next = host->channels};
    host->channels = channel;
    host->dials_odd = (number % 2 == 1) == dialer;
    hello_encode(&hello, payload);
    put(&channel->transmit, &(struct packet) {.type = HELLO, .length = sizeof payload, .payload = payload});
    if (class == CONTROL)
        repeat_control_state(host);
}

/* NC-CH-5, its last part: closed both ways is not enough while bytes on it are unacknowledged. */
static bool is_closed(const struct host *host, const struct channel *channel)
{
    bool closed = channel->close_sent && channel->close_received;
    for (struct connection *connection = host->connections; closed && connection != NULL; connection = connection->next)
        closed = !sender_has_unacknowledged_on(&connection->sender, channel);
    return closed;
}

void channel_touch_users(struct host *host, enum channel_class class)
{
    for (struct connection *connection = host->connections; connection != NULL; connection = connection->next)
        if (connection->class == class)
            connection->touched = true;
}

/* NC-FAIL-1, and NC-DATA-5: any connection of the class may have had acknowledgements on it. */
static void data_channel_failed(struct host *host, struct channel *channel)
{
    for (struct connection *connection = host->connections; connection != NULL; connection = connection->next) {
        sender_channel_failed(&connection->sender, channel);
        if (connection->class == channel->class && connection->state == ESTABLISHED)
            connection_tell(host, connection, ACK, 0, 0);
    }
    channel_touch_users(host, channel->class);
}

void channel_fail(struct host *host, struct channel *channel)
{
    bool newest = channel == newest_control(host);
    if (!channel->alive)
        return;
    channel->alive = false;
    bytes_free(&channel->transmit);
    if (newest)
        repeat_control_state(host); /* NC-FAIL-2: on the older one, if one lives on */
    if (channel->class != CONTROL && !is_closed(host, channel))
        data_channel_failed(host, channel);
}

/* NC-CH-5: no DATA stands in the queue, so CHANNEL_CLOSE is the next to be pulled. */
void channel_drain(struct host *host, struct channel *channel)
{
    if (channel->alive && !channel->draining) {
        channel->draining = true;
        put(&channel->transmit, &(struct packet) {.type = CHANNEL_CLOSE});
        channel_touch_users(host, channel->class);
    }
}

/* The next connection in turn that may send on this class goes behind all others (NC-SCH-3); NULL when none may. */
static struct connection *next_in_turn(struct host *host, enum channel_class class)
{
    struct connection **at = &host->connections, *chosen;
    while (*at != NULL && ((*at)->state != ESTABLISHED || (*at)->class != class || !sender_may_send(&(*at)->sender)))
        at = &(*at)->next;
    chosen = *at;
    if (chosen != NULL) {
        *at = chosen->next;
        while (*at != NULL)
            at = &(*at)->next;
        *at = chosen;
        chosen->next = NULL;
    }
    return chosen;
}

static bool pull_data(struct host *host, struct channel *channel, struct bytes *out)
{
    struct connection *connection = next_in_turn(host, channel->class); /* NC-SCH-1 */
    struct packet packet = {.type = DATA};
    uint32_t largest = channel->hello.largest_payload;
    if (connection == NULL)
        return false;
    if (largest > host->settings.max_payload)
        largest = (uint32_t) host->settings.max_payload;
    packet.payload = sender_cut(&connection->sender, channel, largest, &packet.offset, &packet.length);
    packet.source_port = connection->ports.local;
    packet.destination_port = connection->ports.peer;
    packet.connection = connection->id;
    packet.ack = connection->told = receiver_rcv_nxt(&connection->receiver);
    connection->touched = true;
    put(out, &packet);
    return true;
}

bool channel_pull(struct host *host, struct channel *channel, struct bytes *out)
{
    if (channel->transmit.length == 0)
        return is_active(channel) && channel->class != CONTROL && pull_data(host, channel, out);
    uint8_t *packet = bytes_front(&channel->transmit);
    size_t length = packet[3] == HELLO ? HEADER_SIZE + HELLO_PAYLOAD_SIZE : HEADER_SIZE;
    channel->close_sent = channel->close_sent || packet[3] == CHANNEL_CLOSE;
    bytes_append(out, packet, length);
    bytes_drop(&channel->transmit, length);
    return true;
}
