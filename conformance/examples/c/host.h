/* One host: its tables, its channels, its clock. */
#ifndef HOST_H
#define HOST_H

#include <stdbool.h>
#include "json.h"
#include "memory.h"
#include "packets.h"
#include "receiver.h"
#include "sender.h"

#define NEVER UINT64_MAX

struct settings {
    uint64_t send_buffer, receive_buffer, channel_budget, queue_threshold, max_payload; /* bytes */
    uint64_t hol_timer, ack_delay, connect_timeout;                                     /* nanoseconds */
    uint64_t socket_limit;
};

/* Sets one of endpoint.md's `config` keys. NULL, or what is wrong with the value; no such key is wrong, too. */
const char *settings_set(struct settings *settings, const struct json_text *key, const struct json_value *value);
void settings_default(struct settings *settings);

struct channel {
    uint32_t number;
    enum channel_class class;
    bool alive, draining, close_sent, close_received;
    bool greeted;          /* the peer's HELLO arrived: */
    struct hello hello;
    struct bytes transmit; /* whole packets; DATA never stands here: it is cut when it is pulled */
    uint64_t charge;       /* NC-CH-4: payload bytes in response queues */
    struct channel *next;  /* the one that came up before */
};

enum state { SYN_SENT, ESTABLISHED, CLOSED };
enum ending { CLEAN, REFUSED, TIMEOUT, RESET };
enum timer { CONNECT_TIMER, HEAD_OF_LINE_TIMER, ACKNOWLEDGEMENT_TIMER, CHANNEL_LOST_TIMER, TIMERS };

struct connection {
    uint64_t id;
    struct ports ports;
    enum channel_class class;
    bool dialed;
    enum state state;
    enum ending ending;
    uint32_t reason;          /* a refusal or a reset_reason; 0 when there is none */
    uint64_t socket;          /* its number; 0 when the application has none for it */
    bool in_accept_queue;
    uint64_t arrival;         /* counts children, so that the first to come is the first accepted */
    bool reader_gone;         /* the application has closed it */
    bool touched;             /* something happened to it since it was settled */
    uint64_t told;            /* the last rcv_nxt that was sent */
    uint64_t deadline[TIMERS];
    struct sender sender;
    struct receiver receiver;
    struct connection *next;  /* the next in turn to send */
};

struct listener {
    uint16_t port;
    uint64_t backlog, waiting;
    struct listener *next;
};

struct host {
    struct settings settings;
    uint64_t now;
    uint64_t random;
    uint64_t incarnation, peer_incarnation;
    bool peer_known;
    bool dials_odd;                  /* once there is a channel */
    struct channel *channels;        /* also those that have failed: numbers are never used again */
    struct connection *connections;  /* also those that are over and that a socket or an accept queue holds */
    struct listener *listeners;
    uint64_t last_socket, arrivals;
    struct memory gone, refused, resets_heard, resets_sent; /* for a connect timeout */
    struct memory answers;                                  /* for an acknowledgement delay (NC-HS-7) */
};

/* host.c */
void host_open(struct host *host, const struct settings *settings, uint64_t seed, const uint64_t *incarnation);
uint64_t host_random(struct host *host);
void host_settle(struct host *host);
void host_advance(struct host *host, uint64_t nanos);
struct connection *host_find(struct host *host, uint64_t id);
struct connection *host_add(struct host *host, uint64_t id, struct ports ports, enum channel_class class, bool dialed);
struct listener *host_listener(struct host *host, uint16_t port);
bool host_is_over_limit(const struct host *host);

/* channels.c */
struct channel *channel_find(struct host *host, uint32_t number);

/* NC-CH-2: one host dials odd numbers, the other even ones. The first channel tells which this one is. */
bool channel_may_be_numbered(const struct host *host, uint32_t number, bool dialer);
void channel_up(struct host *host, uint32_t number, enum channel_class class, bool dialer);
void channel_fail(struct host *host, struct channel *channel);
void channel_drain(struct host *host, struct channel *channel);

/* Writes the next packet behind `out`; false when there is none. */
bool channel_pull(struct host *host, struct channel *channel, struct bytes *out);
bool channel_has_active(const struct host *host, enum channel_class class);
void channel_put_control(struct host *host, const struct packet *packet);
void channel_touch_users(struct host *host, enum channel_class class);

/* connection.c */
void connection_tell(struct host *host, struct connection *connection, enum packet_type type, uint32_t tag,
                     uint64_t offset);
void connection_repeat_control_state(struct host *host, struct connection *connection);
void connection_settle(struct host *host, struct connection *connection);
void connection_fire(struct host *host, struct connection *connection, enum timer timer);
void connection_read_or_stop_acknowledged(struct host *host, struct connection *connection);
void connection_reset(struct host *host, struct connection *connection, enum reset_reason reason);
void connection_over(struct host *host, struct connection *connection, enum ending ending, uint32_t reason);
void connection_put_reset(struct host *host, uint64_t id, struct ports ports, enum reset_reason reason, uint64_t ack);

/* arrivals.c: *accepted and *failed are the answer to deliver. */
void host_deliver(struct host *host, struct channel *channel, const uint8_t *raw, size_t length, bool *accepted,
                  bool *failed);
void host_answer_due(struct host *host, struct remembered *answer);

#endif
