/*
 * Memory that is not DPDK's, lent to mbufs: one of them shows a payload, or several show that of a large segment, a
 * piece each. When the last of them is freed, by whichever thread, the number of the loan is put into a ring.
 *
 * Functions return 0 or more, or a negative errno.
 */
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include <rte_eal.h>
#include <rte_errno.h>
#include <rte_ether.h>
#include <rte_ip.h>
#include <rte_malloc.h>
#include <rte_mbuf.h>
#include <rte_memory.h>
#include <rte_ring.h>
#include <rte_tcp.h>

struct loan {
  struct rte_mbuf_ext_shared_info shared;
  struct lender *lender;
  uint64_t number;
} __rte_cache_aligned;

struct lender {
  struct rte_ring *returns;
  struct loan loans[];
};

static void came_back(void *memory, void *opaque) {
  (void)memory;
  struct loan *loan = opaque;
  /* It has room for as many loans as there are. */
  rte_ring_mp_enqueue(loan->lender->returns, (void *)(uintptr_t)loan->number);
}

/* For so many loans at a time, a ring's size being a power of two above that; NULL when there is no memory. */
struct lender *netchannel_lender_create(const char *name, uint32_t loans, uint32_t ring) {
  struct lender *lender = rte_zmalloc(NULL, sizeof *lender + loans * sizeof(struct loan), RTE_CACHE_LINE_SIZE);
  if (lender == NULL) {
    rte_errno = ENOMEM;
    return NULL;
  }
  lender->returns = rte_ring_create(name, ring, SOCKET_ID_ANY, RING_F_SC_DEQ);
  if (lender->returns == NULL) {
    rte_free(lender);
    return NULL;
  }
  for (uint32_t number = 0; number < loans; number++) {
    struct loan *loan = &lender->loans[number];
    loan->shared.free_cb = came_back;
    loan->shared.fcb_opaque = loan;
    loan->lender = lender;
    loan->number = number;
  }
  return lender;
}

/* Everything has come back. */
void netchannel_lender_free(struct lender *lender) {
  rte_ring_free(lender->returns);
  rte_free(lender);
}

/* Numbers of loans that have come back; how many. */
uint32_t netchannel_returned(struct lender *lender, uint64_t *numbers, uint32_t most) {
  return rte_ring_sc_dequeue_burst(lender->returns, (void **)numbers, most, NULL);
}

/*
 * Where hardware finds memory: DPDK's, for what is not is lent only to devices that do not ask. rte_mem_virt2iova would
 * open /proc/self/pagemap each time.
 */
static rte_iova_t iova_of(void *memory) {
  if (rte_eal_iova_mode() == RTE_IOVA_VA) {
    return (rte_iova_t)memory;
  }
  const struct rte_memseg *segment = rte_mem_virt2memseg(memory, NULL);
  return segment == NULL ? RTE_BAD_IOVA : segment->iova + RTE_PTR_DIFF(memory, segment->addr);
}

static void show(struct rte_mbuf *mbuf, struct loan *loan, void *memory, rte_iova_t iova, uint16_t size,
                 uint16_t offset, uint16_t length) {
  rte_pktmbuf_attach_extbuf(mbuf, memory, iova, size, &loan->shared);
  mbuf->data_off = offset;
  mbuf->data_len = length;
  mbuf->pkt_len = length;
}

/* Chains a fresh mbuf for a stretch of memory behind a head. */
int netchannel_lend(struct rte_mbuf *head, struct rte_mbuf *tail, void *memory, uint16_t size, uint16_t offset,
                    uint16_t length, struct lender *lender, uint32_t number) {
  struct loan *loan = &lender->loans[number];
  rte_mbuf_ext_refcnt_set(&loan->shared, 1);
  show(tail, loan, memory, iova_of(memory), size, offset, length);
  return rte_pktmbuf_chain(head, tail);
}

/* ---- generic segmentation offload ---- */

/* Who makes the checksum of TCP. */
enum maker { NOBODY, HOST, DEVICE };

/*
 * Of a packet in two mbufs, from a place in the first one on. rte_raw_cksum_mbuf of DPDK 22.11 loses the carries of
 * what is behind an odd number of bytes.
 */
static uint16_t sum_from(const struct rte_mbuf *packet, uint32_t from) {
  uint32_t in_head = packet->data_len - from;
  uint16_t head = rte_raw_cksum(rte_pktmbuf_mtod_offset(packet, const void *, from), in_head);
  uint16_t tail = rte_raw_cksum(rte_pktmbuf_mtod(packet->next, const void *), packet->next->data_len);
  uint32_t sum = head + (uint32_t)(in_head % 2 == 0 ? tail : rte_bswap16(tail));
  return (sum & UINT16_MAX) + (sum >> 16);
}

static void make_checksums(struct rte_mbuf *packet, struct rte_ipv4_hdr *ip, struct rte_tcp_hdr *tcp,
                           enum maker maker) {
  const uint32_t l3 = sizeof *ip, l2 = RTE_PTR_DIFF(ip, rte_pktmbuf_mtod(packet, void *));
  if (maker == DEVICE) {
    packet->ol_flags |= RTE_MBUF_F_TX_IPV4 | RTE_MBUF_F_TX_IP_CKSUM | RTE_MBUF_F_TX_TCP_CKSUM;
    packet->tx_offload = rte_mbuf_tx_offload(l2, l3, (tcp->data_off >> 4) * 4, 0, 0, 0, 0);
    tcp->cksum = rte_ipv4_phdr_cksum(ip, 0);
    return;
  }
  ip->hdr_checksum = rte_ipv4_cksum(ip);
  if (maker == HOST) {
    tcp->cksum = rte_ipv4_phdr_cksum(ip, 0);
    tcp->cksum = ~sum_from(packet, l2 + l3);
  }
}

/*
 * What a device does that splits: makes packets of a segment of TCP over IPv4 whose headers, with zero for the IPv4
 * checksum, and perhaps the first bytes of payload are given, and whose other payload lies in memory that is lent. Of
 * the fresh mbufs each packet takes two. Every packet has so many bytes of payload, the last one perhaps less; there is
 * more payload in memory than those first bytes.
 */
void netchannel_lend_pieces(struct rte_mbuf **fresh, struct rte_mbuf **packets, uint32_t pieces, const uint8_t *header,
                            uint32_t header_bytes, uint32_t piece, uint8_t *memory, uint16_t size, uint32_t offset,
                            uint32_t length, struct lender *lender, uint32_t number, int maker) {
  struct loan *loan = &lender->loans[number];
  const struct rte_tcp_hdr *first =
      (const struct rte_tcp_hdr *)(header + sizeof(struct rte_ether_hdr) + sizeof(struct rte_ipv4_hdr));
  const uint32_t l4 = (first->data_off >> 4) * 4;
  const uint32_t headers = sizeof(struct rte_ether_hdr) + sizeof(struct rte_ipv4_hdr) + l4;
  const uint32_t sequence = rte_be_to_cpu_32(first->sent_seq);
  const rte_iova_t iova = iova_of(memory);
  uint32_t in_front = header_bytes - headers;
  rte_mbuf_ext_refcnt_set(&loan->shared, pieces);
  for (uint32_t i = 0; i < pieces; i++) {
    struct rte_mbuf *head = fresh[2 * i], *tail = fresh[2 * i + 1];
    uint32_t rest = RTE_MIN(piece - in_front, length);
    uint8_t *data = rte_pktmbuf_mtod(head, uint8_t *);
    memcpy(data, header, headers + in_front);
    head->data_len = headers + in_front;
    head->pkt_len = headers + in_front;
    struct rte_ipv4_hdr *ip = (struct rte_ipv4_hdr *)(data + sizeof(struct rte_ether_hdr));
    struct rte_tcp_hdr *tcp = (struct rte_tcp_hdr *)(ip + 1);
    ip->total_length = rte_cpu_to_be_16(sizeof *ip + l4 + in_front + rest);
    tcp->sent_seq = rte_cpu_to_be_32(sequence + i * piece);
    if (i + 1 < pieces) {
      tcp->tcp_flags &= ~(RTE_TCP_PSH_FLAG | RTE_TCP_FIN_FLAG);
    }
    show(tail, loan, memory, iova, size, offset, rest);
    rte_pktmbuf_chain(head, tail);
    make_checksums(head, ip, tcp, maker);
    packets[i] = head;
    offset += rest;
    length -= rest;
    in_front = 0;
  }
}
