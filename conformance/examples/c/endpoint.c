/* A NetChannel endpoint behind the line protocol of endpoint.md: one JSON object a line in, one answer a line out.
 *
 * Only this file knows the line protocol. Every operation takes all of its arguments before it changes anything, so
 * that BAD_REQUEST changes nothing. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base64.h"
#include "json.h"
#include "sockets.h"

#define LONGEST_LINE (UINT64_C(64) << 20)
#define MOST (UINT64_C(1) << 31)   /* of a count */
#define LATEST (UINT64_C(1) << 62) /* nanoseconds */

static const char *const CLASS_NAMES[] = {"CONTROL", "LATENCY", "THROUGHPUT"};

/* One request and what its answer is going to be. */
struct call {
    struct host *host;
    bool *open;
    struct json_object arguments;
    const char *wrong;      /* what is wrong with the request, NULL while nothing is */
    const char *wrong_name; /* the argument, or NULL */
    struct outcome outcome;
    struct bytes fields;    /* of the answer, each behind a comma */
    struct bytes data;      /* a decoded argument */
};

static void add(struct call *call, const char *text)
{
    bytes_append(&call->fields, text, strlen(text));
}

static void add_number(struct call *call, const char *name, uint64_t value)
{
    char text[64];
    snprintf(text, sizeof text, ",\"%s\":%" PRIu64, name, value);
    add(call, text);
}

static void add_text(struct call *call, const char *name, const char *text)
{
    add(call, ",\"");
    add(call, name);
    add(call, "\":");
    if (text == NULL)
        add(call, "null");
    else
        json_write_string(&call->fields, text);
}

static void add_data(struct call *call, const uint8_t *data, size_t length)
{
    add(call, "\"");
    base64_encode(data, length, &call->fields);
    add(call, "\"");
}

static void add_socket(struct call *call, const struct connection *connection)
{
    char id[17];
    snprintf(id, sizeof id, "%016" PRIx64, connection->id);
    add_number(call, "socket", connection->socket);
    add_text(call, "connection", id);
}

/* Arguments: each of these returns a harmless value and says what is wrong when the argument makes no sense. */

static void bad(struct call *call, const char *name, const char *why)
{
    if (call->wrong == NULL) {
        call->wrong = why;
        call->wrong_name = name;
    }
}

static const struct json_value *argument(struct call *call, const char *name, enum json_kind kind, const char *why)
{
    const struct json_value *value = json_get(&call->arguments, name);
    if (value != NULL && value->kind == kind)
        return value;
    bad(call, name, why);
    return NULL;
}

static bool has(struct call *call, const char *name)
{
    const struct json_value *value = json_get(&call->arguments, name);
    return value != NULL && value->kind != JSON_NULL;
}

static uint64_t number(struct call *call, const char *name, uint64_t lowest, uint64_t highest)
{
    const struct json_value *value = argument(call, name, JSON_NUMBER, "not a number");
    if (value == NULL)
        return 0;
    bool negative = value->negative && value->magnitude > 0;
    if (!value->whole || negative || value->magnitude < lowest || value->magnitude > highest)
        bad(call, name, "not a whole number in its range");
    return value->magnitude;
}

static uint64_t seed_argument(struct call *call)
{
    const struct json_value *value = argument(call, "seed", JSON_NUMBER, "not a number");
    if (value == NULL)
        return 0;
    if (!value->whole || (value->negative && value->magnitude > UINT64_C(1) << 63))
        bad(call, "seed", "not a whole number of 64 bits");
    return value->negative ? 0 - value->magnitude : value->magnitude;
}

static bool flag(struct call *call, const char *name)
{
    const struct json_value *value = json_get(&call->arguments, name);
    if (value == NULL || (value->kind != JSON_TRUE && value->kind != JSON_FALSE))
        bad(call, name, "neither true nor false");
    return value != NULL && value->kind == JSON_TRUE;
}

static enum channel_class class_argument(struct call *call, enum channel_class first)
{
    const struct json_value *value = argument(call, "class", JSON_STRING, "not a string");
    for (int class = (int) first; value != NULL && class < CLASSES; class++)
        if (json_is(&value->text, CLASS_NAMES[class]))
            return (enum channel_class) class;
    bad(call, "class", "no class that can be used here");
    return LATENCY;
}

static const struct bytes *data_argument(struct call *call, const char *name)
{
    const struct json_value *value = argument(call, name, JSON_STRING, "not a string");
    if (value != NULL && !base64_decode(value->text.text, value->text.length, &call->data))
        bad(call, name, "not base64");
    return &call->data;
}

/* Sixteen hexadecimal digits. */
static uint64_t incarnation_argument(struct call *call)
{
    const struct json_value *value = argument(call, "incarnation", JSON_STRING, "not a string");
    char digits[17] = "";
    if (value == NULL)
        return 0;
    if (value->text.length == 16)
        memcpy(digits, value->text.text, 16);
    if (strspn(digits, "0123456789abcdefABCDEF") != 16)
        bad(call, "incarnation", "not 16 hexadecimal digits");
    return strtoull(digits, NULL, 16);
}

static uint16_t port_argument(struct call *call)
{
    return (uint16_t) number(call, "port", 1, UINT16_MAX);
}

static uint64_t socket_argument(struct call *call)
{
    return number(call, "socket", 0, UINT64_MAX);
}

static struct channel *channel_argument(struct call *call)
{
    uint64_t channel = number(call, "channel", 0, UINT32_MAX);
    struct channel *found = call->wrong != NULL ? NULL : channel_find(call->host, (uint32_t) channel);
    if (found == NULL)
        bad(call, "channel", "no channel that ever came up");
    return found;
}

static struct listener *listener_argument(struct call *call)
{
    uint16_t port = port_argument(call);
    struct listener *found = call->wrong != NULL ? NULL : host_listener(call->host, port);
    if (found == NULL)
        bad(call, "port", "nobody listens on it");
    return found;
}

/* Operations */

static void read_config(struct call *call, struct settings *settings)
{
    const struct json_value *config = argument(call, "config", JSON_OBJECT, "not an object");
    struct json_object members;
    if (config == NULL)
        return;
    if (!json_read(config->text.text, config->text.length, &members)) {
        bad(call, "config", "not an object");
        return;
    }
    for (size_t i = 0; i < members.count && call->wrong == NULL; i++)
        call->wrong = settings_set(settings, &members.names[i], &members.values[i]);
}

static void on_open(struct call *call)
{
    struct settings settings;
    uint64_t seed = seed_argument(call), incarnation = 0;
    bool given = has(call, "incarnation");
    settings_default(&settings);
    if (has(call, "config"))
        read_config(call, &settings);
    if (given)
        incarnation = incarnation_argument(call);
    if (call->wrong != NULL)
        return;
    host_open(call->host, &settings, seed, given ? &incarnation : NULL);
    *call->open = true;
    add_text(call, "name", "netchannel-c-example");
    add_text(call, "version", "1");
}

static void on_channel_up(struct call *call)
{
    uint32_t channel = (uint32_t) number(call, "channel", 0, UINT32_MAX);
    enum channel_class class = class_argument(call, CONTROL);
    bool dialer = flag(call, "dialer");
    if (call->wrong == NULL && channel_find(call->host, channel) != NULL)
        bad(call, "channel", "a number that was used before"); /* NC-CH-2 */
    if (call->wrong == NULL && !channel_may_be_numbered(call->host, channel, dialer))
        bad(call, "channel", "a number for the other host to dial"); /* NC-CH-2 */
    if (call->wrong == NULL)
        channel_up(call->host, channel, class, dialer);
}

static void on_channel_down(struct call *call)
{
    struct channel *channel = channel_argument(call);
    if (channel != NULL)
        channel_fail(call->host, channel);
}

static void on_channel_drain(struct call *call)
{
    struct channel *channel = channel_argument(call);
    if (channel != NULL && channel->class == CONTROL)
        bad(call, "channel", "a control channel is never drained"); /* NC-CH-3 */
    else if (channel != NULL)
        channel_drain(call->host, channel);
}

static void on_deliver(struct call *call)
{
    struct channel *channel = channel_argument(call);
    const struct bytes *packet = data_argument(call, "packet");
    bool accepted, failed;
    if (call->wrong != NULL)
        return;
    host_deliver(call->host, channel, bytes_front(packet), packet->length, &accepted, &failed);
    add(call, accepted ? ",\"accepted\":true" : ",\"accepted\":false");
    add(call, failed ? ",\"failed\":true" : "");
}

static void on_pull(struct call *call)
{
    struct channel *channel = channel_argument(call);
    uint64_t most = number(call, "max", 1, MOST);
    struct bytes packet = {0};
    if (call->wrong != NULL)
        return;
    add(call, ",\"packets\":[");
    for (uint64_t count = 0; count < most && channel_pull(call->host, channel, &packet); count++) {
        add(call, count > 0 ? "," : "");
        add_data(call, bytes_front(&packet), packet.length);
        bytes_drop(&packet, packet.length);
        host_settle(call->host);
    }
    add(call, "]");
    bytes_free(&packet);
}

static void on_advance(struct call *call)
{
    uint64_t nanos = number(call, "nanos", 0, LATEST - call->host->now);
    if (call->wrong == NULL)
        host_advance(call->host, nanos);
}

static void on_listen(struct call *call)
{
    uint16_t port = port_argument(call);
    uint64_t backlog = number(call, "backlog", 0, MOST);
    if (call->wrong == NULL)
        call->outcome = socket_listen(call->host, port, backlog);
}

static void on_unlisten(struct call *call)
{
    struct listener *listener = listener_argument(call);
    if (listener != NULL)
        socket_unlisten(call->host, listener);
}

static void on_connect(struct call *call)
{
    uint16_t port = port_argument(call);
    enum channel_class class = class_argument(call, LATENCY);
    struct connection *opened = NULL;
    if (call->wrong == NULL)
        call->outcome = socket_connect(call->host, port, class, &opened);
    if (opened != NULL)
        add_socket(call, opened);
}

static void on_accept(struct call *call)
{
    struct listener *listener = listener_argument(call);
    struct connection *accepted = listener == NULL ? NULL : socket_accept(call->host, listener);
    if (accepted != NULL)
        add_socket(call, accepted);
    else
        add_text(call, "socket", NULL);
}

static void on_send(struct call *call)
{
    uint64_t socket = socket_argument(call);
    const struct bytes *data = data_argument(call, "data");
    size_t taken = 0;
    if (call->wrong == NULL)
        call->outcome = socket_send(call->host, socket, bytes_front(data), data->length, &taken);
    add_number(call, "taken", taken);
}

static void on_receive(struct call *call)
{
    uint64_t socket = socket_argument(call), most = number(call, "max", 1, MOST);
    const uint8_t *data = NULL;
    size_t length = 0;
    bool end = false;
    if (call->wrong != NULL)
        return;
    call->outcome = socket_receive(call->host, socket, (size_t) most, &data, &length, &end);
    add(call, ",\"data\":");
    add_data(call, data, length);
    add(call, end ? ",\"end\":true" : "");
    if (length > 0)
        socket_has_read(call->host, socket, length);
}

static void on_shutdown(struct call *call)
{
    uint64_t socket = socket_argument(call);
    if (call->wrong == NULL)
        call->outcome = socket_shutdown(call->host, socket);
}

static void on_close(struct call *call)
{
    uint64_t socket = socket_argument(call);
    if (call->wrong == NULL)
        call->outcome = socket_close(call->host, socket);
}

static void on_abort(struct call *call)
{
    uint64_t socket = socket_argument(call);
    if (call->wrong == NULL)
        call->outcome = socket_abort(call->host, socket);
}

static void on_status(struct call *call)
{
    uint64_t socket = socket_argument(call);
    const char *state = NULL, *reason = NULL;
    if (call->wrong == NULL)
        call->outcome = socket_status(call->host, socket, &state, &reason);
    add_text(call, "state", state);
    add_text(call, "reason", reason);
}

static const struct operation {
    const char *name;
    void (*run)(struct call *call);
} OPERATIONS[] = {
    {"open", on_open}, {"channelUp", on_channel_up}, {"channelDown", on_channel_down},
    {"channelDrain", on_channel_drain}, {"deliver", on_deliver}, {"pull", on_pull}, {"advance", on_advance},
    {"listen", on_listen}, {"unlisten", on_unlisten}, {"connect", on_connect}, {"accept", on_accept},
    {"send", on_send}, {"receive", on_receive}, {"shutdown", on_shutdown}, {"close", on_close}, {"abort", on_abort},
    {"status", on_status}};

/* One line */

static void run(struct call *call, char *line, size_t length)
{
    const struct operation *operation = OPERATIONS, *end = OPERATIONS + sizeof OPERATIONS / sizeof *OPERATIONS;
    if (!json_is_utf8(line, length) || !json_read(line, length, &call->arguments)) {
        bad(call, NULL, "not a JSON object in UTF-8 that an operation could have");
        return;
    }
    const struct json_value *name = argument(call, "op", JSON_STRING, "not a string");
    while (name != NULL && operation < end && !json_is(&name->text, operation->name))
        operation++;
    if (name == NULL || operation == end)
        bad(call, "op", "no operation");
    else if ((operation->run == on_open) == *call->open)
        bad(call, "op", "open must be first, and once only");
    else
        operation->run(call);
    if (*call->open)
        host_settle(call->host);
}

static void write_error(struct bytes *out, const char *error, const char *reason, const char *name, const char *message)
{
    struct call call = {0};
    char text[160];
    snprintf(text, sizeof text, "%s%s%s", name == NULL ? "" : name, name == NULL ? "" : ": ", message);
    add(&call, "{\"ok\":false");
    add_text(&call, "error", error);
    if (reason != NULL)
        add_text(&call, "reason", reason);
    add_text(&call, "message", text);
    add(&call, "}\n");
    bytes_append(out, bytes_front(&call.fields), call.fields.length);
    bytes_free(&call.fields);
}

static void write_answer(struct bytes *out, const struct call *call)
{
    if (call->wrong != NULL) {
        write_error(out, "BAD_REQUEST", NULL, call->wrong_name, call->wrong);
    } else if (call->outcome.error != NULL) {
        write_error(out, call->outcome.error, call->outcome.reason, NULL, call->outcome.error);
    } else {
        bytes_append(out, "{\"ok\":true", strlen("{\"ok\":true"));
        bytes_append(out, bytes_front(&call->fields), call->fields.length);
        bytes_append(out, "}\n", 2);
    }
}

/* Reads a line without its end. What is over the longest is left out, so that the line is seen to be too long. */
static bool read_line(struct bytes *line)
{
    int next;
    bytes_drop(line, line->length);
    while ((next = getc(stdin)) != EOF && next != '\n')
        if (line->length <= LONGEST_LINE)
            *bytes_extend(line, 1) = (uint8_t) next;
    return next != EOF || line->length > 0;
}

int main(void)
{
    static struct host host;
    static struct bytes line, out;
    static bool open;
    while (read_line(&line)) {
        struct call call = {.host = &host, .open = &open};
        if (line.length > LONGEST_LINE)
            bad(&call, NULL, "a line that is too long");
        else
            run(&call, (char *) bytes_front(&line), line.length);
        bytes_drop(&out, out.length);
        write_answer(&out, &call);
        fwrite(bytes_front(&out), 1, out.length, stdout);
        fflush(stdout);
        bytes_free(&call.fields);
        bytes_free(&call.data);
    }
    return EXIT_SUCCESS;
}
