"""The reader as it is trained: one encoder in two halves, with heads for tags, antecedents and relations."""

import math
import random

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from loaders.features import bucket, candidates, nearest
from loaders.schema import ALLOWED, KINDS, PREDICATES, TAGS
from training.examples import STATUSES, Mentioned

STATUS = {status: i for i, status in enumerate(STATUSES)}
CACHED, LOWER, LAYERS = 4, 8, 12  # layers kept frozen, layers up to the tags, all layers
H, HEADS, FF = 384, 12, 1536
Q, K, SLOTS, CH = 256, 4, 64, 160
MASK = torch.tensor([[[(a, b) in ALLOWED[p] for p in PREDICATES] for b in KINDS] for a in KINDS])


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.ao = nn.Linear(H, 3 * H), nn.Linear(H, H)
        self.aln, self.oln = nn.LayerNorm(H, 1e-12), nn.LayerNorm(H, 1e-12)
        self.fi, self.fo = nn.Linear(H, FF), nn.Linear(FF, H)
        self.drop = nn.Dropout(0.1)

    def forward(self, x, mask=None, weighed=False):
        """The next layer's vectors and, where `weighed`, how much each token attends to each other."""
        b, n, h = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, HEADS, h // HEADS).permute(2, 0, 3, 1, 4)
        if not weighed:
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(b, n, h)
            return self.out(x, a), None
        logits = (q @ k.transpose(-1, -2)) * (1 / math.sqrt(h // HEADS))
        if mask is not None:
            logits = logits + mask
        att = logits.softmax(-1)
        a = (att.to(v.dtype) @ v).transpose(1, 2).reshape(b, n, h)
        return self.out(x, a), att

    def out(self, x, a):
        x = self.aln(x + self.drop(self.ao(a)))
        return self.oln(x + self.drop(self.fo(F.gelu(self.fi(x)))))


class Reader(nn.Module):
    def __init__(self, labels: int, base):
        super().__init__()
        self.ln = nn.LayerNorm(H, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        f = lambda n: torch.from_numpy(base[n].astype(np.float32))
        with torch.no_grad():
            self.ln.weight.copy_(f("ln.w"))
            self.ln.bias.copy_(f("ln.b"))
            for i, l in enumerate(self.layers):
                for n in ("qkv", "ao", "fi", "fo", "aln", "oln"):
                    getattr(l, n).weight.copy_(f(f"{i}.{n}.w"))
                    getattr(l, n).bias.copy_(f(f"{i}.{n}.b"))
        self.word, self.pos = f("word"), f("pos")
        # tags
        self.t_in, self.t_char, self.t_place = nn.Linear(H, CH), nn.Linear(H, CH), nn.Embedding(4, CH)
        self.t_c1, self.t_c2 = nn.Conv1d(CH, CH, 3, padding=1), nn.Conv1d(CH, CH, 3, padding=1)
        self.t_out = nn.Linear(CH, len(TAGS))
        # antecedents
        self.c_dist = nn.Embedding(16, 32)
        self.c_mid, self.c_out, self.c_null = nn.Linear(3 * H + 32, Q), nn.Linear(Q, 1), nn.Linear(H, 1)
        # what the upper half is told about mentions
        self.slot, self.mark = nn.Embedding(SLOTS, H), nn.Embedding(2 * len(KINDS), H)
        nn.init.normal_(self.slot.weight, std=0.15)
        nn.init.normal_(self.mark.weight, std=0.15)
        # relations
        self.kind = nn.Embedding(len(KINDS), 32)
        self.ws, self.wo = nn.Linear(2 * H + 32, Q), nn.Linear(2 * H + 32, Q)
        self.bl = nn.Linear(Q * 32, len(PREDICATES))
        self.db, self.sb = nn.Embedding(16, 32), nn.Embedding(8, 32)
        self.l_mid, self.l_out = nn.Linear(3 * H + 128, Q), nn.Linear(Q, len(PREDICATES))
        self.status, self.current = nn.Linear(3 * Q, 12), nn.Linear(3 * Q, 3)
        nn.init.constant_(self.bl.bias, -2.0)
        nn.init.constant_(self.l_out.bias, -1.0)
        # FinRE
        self.f_mid, self.f_out = nn.Linear(4 * H, Q), nn.Linear(Q, max(labels, 1))
        self.drop = nn.Dropout(0.15)

    def embed(self, pieces):
        x = self.word[torch.as_tensor(pieces)] + self.pos[: len(pieces[0] if isinstance(pieces[0], list) else pieces)]
        return self.ln(x)

    def run(self, x, first, last, mask=None):
        att = None
        for i in range(first, last):
            x, att = self.layers[i](x, mask, weighed=i == LAYERS - 1)
        return x, att

    def tag(self, lower, token_of, place, chars):
        """lower: [n, H] of the window's tokens; chars: [u, H] embeddings of the units' characters (0 for others)."""
        x = self.t_in(self.drop(lower))[token_of] + self.t_char(chars) + self.t_place(place)
        x = F.gelu(x, approximate="tanh").t()[None]
        x = x + F.gelu(self.t_c1(x), approximate="tanh")
        x = x + F.gelu(self.t_c2(x), approximate="tanh")
        return self.t_out(self.drop(x[0].t()))

    def link(self, M, spans, refs, cand):
        ri = torch.tensor([r for r, c in zip(refs, cand) for _ in c])
        ci = torch.tensor([x for c in cand for x in c])
        d = torch.tensor([bucket(spans[r][0] - spans[x][0]) for r, x in zip(ri.tolist(), ci.tolist())])
        z = torch.cat([M[ri], M[ci], M[ri] * M[ci], self.c_dist(d)], -1)
        s = self.c_out(F.gelu(self.c_mid(self.drop(z)), approximate="tanh"))[:, 0]
        return s.split([len(c) for c in cand]), self.c_null(M[torch.tensor(refs)])[:, 0]

    def inject(self, lower, spans, kinds, slots):
        """Adds to each mention's tokens what kind it is and which entity (slot; -1: unknown)."""
        idx, src = [], []
        for (a, b), k, s in zip(spans, kinds, slots):
            for t in range(a, b):
                idx.append(t + 1)
                src.append((2 * k + (t > a), s))
        if not idx:
            return lower
        types = self.mark(torch.tensor([x[0] for x in src]))
        known = torch.tensor([float(x[1] >= 0) for x in src])[:, None]
        add = types + known * self.slot(torch.tensor([max(x[1], 0) for x in src]))
        out = torch.zeros_like(lower[0]).to(add.dtype).index_add(0, torch.tensor(idx), add)
        return lower + out[None].to(lower.dtype)

    def relate(self, hidden, att, spans, entities, sentences):
        """hidden: [n+2, H] upper; att: [heads, n+2, n+2]; entities: [(kind index, [mention numbers])]."""
        n = hidden.shape[0]
        sa = torch.tensor([s[0] + 1 for s in spans])
        sb = torch.tensor([s[1] + 1 for s in spans])
        cs = torch.cat([torch.zeros(1, H), hidden.float().cumsum(0)])
        M = (cs[sb] - cs[sa]) / (sb - sa)[:, None]
        E = torch.stack([torch.logsumexp(M[m], 0) - math.log(len(m)) for _, m in entities])
        share = torch.zeros(len(entities), n)  # how much each token is the entity's
        for e, (_, ms) in enumerate(entities):
            for m in ms:
                share[e, sa[m] : sb[m]] += 1.0 / (len(ms) * int(sb[m] - sa[m]))
        EA = torch.matmul(share, att.float()).transpose(0, 1)
        kk = torch.tensor([k for k, _ in entities])
        pairs = [
            (i, j) for i in range(len(entities)) for j in range(len(entities)) if i != j and MASK[kk[i], kk[j]].any()
        ]
        if not pairs:
            return [], None, None, None, None
        pi, pj = torch.tensor(pairs).t()
        W = torch.einsum("ihn,jhn->ijn", EA, EA)
        W = W / (W.sum(-1, keepdim=True) + 1e-9)
        ctx = (W @ hidden.float())[pi, pj]
        ke = self.kind(kk)
        zs = torch.tanh(self.ws(self.drop(torch.cat([E[pi], ctx, ke[pi]], -1))).float())
        zo = torch.tanh(self.wo(self.drop(torch.cat([E[pj], ctx, ke[pj]], -1))).float())
        z = (zs.view(-1, 8, 32, 1) * zo.view(-1, 8, 1, 32)).reshape(len(pairs), -1)
        g = self.bl(self.drop(z)).float()
        near = nearest(pairs, [m for _, m in entities], spans, K)
        ii = torch.tensor([[c[k if k < len(c) else 0][0] for k in range(K)] for c in near]).flatten()
        jj = torch.tensor([[c[k if k < len(c) else 0][1] for k in range(K)] for c in near]).flatten()
        off = torch.tensor([[k >= len(c) for k in range(K)] for c in near])
        lo = torch.minimum(sb[ii], sb[jj])
        hi = torch.maximum(sa[ii], sa[jj])
        hi = torch.maximum(hi, lo + 1).clamp(max=n)
        lo = torch.minimum(lo, hi - 1)
        bt = (cs[hi] - cs[lo]) / (hi - lo)[:, None]
        bt = torch.where(((hi - lo) > 60)[:, None], torch.zeros_like(bt), bt)
        so = torch.tensor(sentences)
        f1 = self.db(torch.tensor([bucket(x) for x in (sa[jj] - sa[ii]).tolist()]))
        f2 = self.sb((so[jj] - so[ii]).abs().clamp(max=7))
        x = torch.cat([M[ii], M[jj], bt, f1, f2, ke[pi].repeat_interleave(K, 0), ke[pj].repeat_interleave(K, 0)], -1)
        loc = (
            self.l_out(self.drop(F.gelu(self.l_mid(self.drop(x)), approximate="tanh"))).float().view(len(pairs), K, -1)
        )
        loc = loc.masked_fill(off[..., None], -1e4)
        r = torch.cat([zs, zo, zs * zo], -1)
        return pairs, g + torch.logsumexp(loc, 1), loc, near, r


def decoys(w):
    """Words that are no mention, as a tagger's mistakes would bring them in: no relation holds for them."""
    if random.random() < 0.5:
        return []
    taken = {t for m in w.mentions for t in range(m.first, m.last)}
    found = []
    for n in range(random.randint(1, 3)):
        first = random.randrange(len(w.pieces) - 2)
        last = min(first + random.randint(1, 3), len(w.pieces) - 2)
        if not taken & set(range(first, last)):
            near = min(w.mentions, key=lambda m: abs(m.first - first))
            found.append(Mentioned(first, last, f"decoy {n}", random.choice(KINDS), True, near.sentence))
    return found


def losses(net: Reader, w, train=True, noise=False):
    """Losses of one window: tags, antecedents, relations, statuses."""
    x, _ = net.run(w.hidden[None].float(), CACHED, LOWER)
    lower = x[0].float()
    lt = F.cross_entropy(net.tag(lower[1:-1], w.token_of, w.place, net.word[w.char]).float(), w.y)
    zero = torch.zeros(())
    if not w.mentions:
        return lt, zero, zero, zero
    spans = [(m.first, m.last) for m in w.mentions]
    cs = torch.cat([torch.zeros(1, H), lower[1:].cumsum(0)])
    sa, sb = torch.tensor(spans).t()
    M = (cs[sb] - cs[sa]) / (sb - sa)[:, None]
    refs = [i for i, m in enumerate(w.mentions) if not m.named]
    named = [i for i, m in enumerate(w.mentions) if m.named]
    lc = zero
    if refs and named:
        cand = [candidates(i, named) for i in refs]
        scores, null = net.link(M, spans, refs, cand)
        parts = []
        for s, z, r, c in zip(scores, null, refs, cand):
            full = torch.cat([z[None], s])
            ok = torch.tensor([False] + [w.mentions[x].entity == w.mentions[r].entity for x in c])
            if not ok.any():
                ok[0] = True
            parts.append(torch.logsumexp(full, 0) - torch.logsumexp(full[ok], 0))
        lc = torch.stack(parts).mean()
    drop_refs = train and random.random() < 0.2
    keep, slot_of = [], {}
    order = random.sample(range(SLOTS), SLOTS)
    ments = [*w.mentions, *(decoys(w) if train and noise else [])]
    spans = [(m.first, m.last) for m in ments]
    for m in ments:
        slot_of.setdefault(m.entity, order[len(slot_of) % SLOTS])
    kinds = [KINDS.index(m.kind) for m in ments]
    slots, owner = [], []
    for m in ments:
        lost = train and (random.random() < (0.03 if m.named else 1.0 if drop_refs else 0.15))
        said = m.entity
        if train and noise and not m.named and random.random() < 0.05:
            said = random.choice(ments).entity  # a reference that was resolved wrongly
        owner.append(said)
        slots.append(-1 if lost else slot_of[said])
        keep.append(not lost)
    x = net.inject(x, spans, kinds, slots)
    x, att = net.run(x, LOWER, LAYERS)
    by = {}
    for i in range(len(ments)):
        if keep[i]:
            by.setdefault(owner[i], []).append(i)
    by = {e: v for e, v in by.items() if any(ments[i].named and ments[i].entity == e for i in v)}
    ids = list(by)
    if len(ids) < 2:
        return lt, lc, zero, zero
    kind_of = {m.entity: KINDS.index(m.kind) for m in ments}
    pairs, logit, _, _, r = net.relate(
        x[0].float(), att[0], spans, [(kind_of[e], v) for e, v in by.items()], [m.sentence for m in ments]
    )
    if not pairs or not ids:
        return lt, lc, zero, zero
    Y = torch.zeros(logit.shape)
    kk = torch.tensor([kind_of[e] for e in ids])
    pi, pj = torch.tensor(pairs).t()
    W = MASK[kk[pi], kk[pj]].float()
    at = {(ids[i], ids[j]): n for n, (i, j) in enumerate(pairs)}
    st, cu = [], []
    for (s, o, p), attrs in w.positive.items():
        n = at.get((s, o))
        if n is not None:
            Y[n, p] = 1
            if PREDICATES[p] in ("ACQUIRED", "SOLD", "INVESTED_IN", "PARTNERS_WITH", "USES"):
                st.append((n, STATUS.get(attrs.get("status") if isinstance(attrs.get("status"), str) else None, 0)))
            if PREDICATES[p] == "HOLDS_ROLE_AT":
                cu.append((n, {None: 0, True: 1, False: 2}.get(attrs.get("current"), 0)))
    for s, o, p in w.skipped:
        if (s, o) in at:
            W[at[s, o], p] = 0
    for s, o, p in w.hard:
        if (s, o) in at and not Y[at[s, o], p]:
            W[at[s, o], p] *= 2
    l = F.binary_cross_entropy_with_logits(logit, Y, reduction="none") * (1 + Y) * W
    ls = zero
    if st:
        ls = ls + F.cross_entropy(net.status(net.drop(r[[n for n, _ in st]])).float(), torch.tensor([v for _, v in st]))
    if cu:
        ls = ls + F.cross_entropy(
            net.current(net.drop(r[[n for n, _ in cu]])).float(), torch.tensor([v for _, v in cu])
        )
    return lt, lc, l.sum() / (Y.sum() + 5), ls


def tag_loss(net: Reader, lower, page):
    """The loss of the tags of a page whose other tags are not known."""
    logits = net.tag(lower[1 : len(page.pieces) - 1], page.token_of, page.place, net.word[page.char]).float()
    return F.cross_entropy(logits, page.y, ignore_index=-100)


def page_loss(net: Reader, page):
    """The tag loss of one page on its own."""
    x, _ = net.run(page.hidden[None].float(), CACHED, LOWER)
    return tag_loss(net, x[0].float(), page)


def finre_logits(net: Reader, lines, tags=False):
    """Logits over FinRE's labels for a batch of lines (with cached hidden states), and the loss of their tags."""
    n = max(len(l.pieces) for l in lines)
    x = torch.zeros(len(lines), n, H)
    mask = torch.full((len(lines), 1, 1, n), -1e4)
    for i, l in enumerate(lines):
        x[i, : len(l.pieces)] = l.hidden.float()
        mask[i, ..., : len(l.pieces)] = 0
    x, _ = net.run(x, CACHED, LOWER, mask)
    lt = torch.stack([tag_loss(net, x[i].float(), l) for i, l in enumerate(lines)]).mean() if tags else torch.zeros(())
    rows = []
    for i, l in enumerate(lines):
        rows.append(net.inject(x[i : i + 1], [l.first, l.second], [1, 1], [0, 1]))
    x, _ = net.run(torch.cat(rows), LOWER, LAYERS, mask)
    x = x.float()
    z = []
    for i, l in enumerate(lines):
        (a, b), (c, d) = l.first, l.second
        z.append(
            torch.cat(
                [x[i, a + 1 : b + 1].mean(0), x[i, c + 1 : d + 1].mean(0), x[i, 0], x[i, : len(l.pieces)].mean(0)]
            )
        )
    y = net.f_out(net.drop(F.gelu(net.f_mid(net.drop(torch.stack(z))), approximate="tanh"))).float()
    return y, lt
