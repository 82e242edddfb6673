// Lists, filters and details of the report. Every text of an article becomes a text node, never markup.
"use strict";

(() => {
  const PAGE = 50; // rows shown before "Show more"
  const CONTEXT = 90; // characters around words found
  const read = (name) => JSON.parse(document.getElementById(`data-${name}`).textContent);
  const once = (make) => {
    let made;
    return () => (made === undefined ? (made = make()) : made);
  };
  // Each list is read when something of it is first asked for, so that a page of many articles opens at once.
  const data = Object.defineProperties({}, Object.fromEntries(["articles", "stories", "utterances", "speakers", "quotes", "pairs", "chunks"].map((name) => [name, { get: once(() => read(name)) }])));
  const places = once(() => new Map(data.articles.map((article, at) => [article.id, at])));
  const place = { get: (id) => places().get(id), has: (id) => places().has(id) };
  const article = (id) => data.articles[place.get(id)];
  const by = (rows, key) => {
    const groups = new Map();
    for (const row of rows) {
      if (!groups.has(row[key])) groups.set(row[key], []);
      groups.get(row[key]).push(row);
    }
    return groups;
  };
  const quotesOf = once(() => by(data.quotes, "speaker"));
  const index = Object.defineProperties({}, Object.fromEntries(["stories", "utterances", "speakers"].map((name) => [name, { get: once(() => new Map(data[name].map((row) => [row.id, row]))) }])));

  // --- Elements

  function make(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  }

  function drawn(name, attributes, ...children) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  const to = (route, ...children) => make("a", { href: `#${route}` }, ...children);
  const route = (...parts) => parts.map(encodeURIComponent).join("/");
  const titleOf = (row) => row.title || `${row.opening} …`;
  const headlineOf = (row) => row.headline || titleOf(article(row.members.find((id) => place.has(id))));
  const many = (number, noun) => `${number} ${noun}${number === 1 ? "" : "s"}`;
  const spaced = (name) => name.replaceAll("_", " ");
  const kept = (row) => (row.kept === null ? null : `${Math.round(row.kept * 100)} % of its sentences kept`);
  const copies = (row) => (row.reports === row.articles ? null : `${row.articles - row.reports} of them ${row.articles - row.reports === 1 ? "a copy" : "copies"}`);
  const outlet = (row) => row.publisher || "no publisher";
  const linkTo = (id) => (place.has(id) ? to(route("article", id), titleOf(article(id))) : make("span", {}, `${id} (not shown here)`));
  const separated = (parts) => parts.filter((part) => part).map((part) => make("bdi", {}, part)).flatMap((part, at) => (at ? [" · ", part] : [part]));
  const meta = (...parts) => make("p", { class: "meta" }, separated(parts));

  // --- Long texts: unpacked in chunks, when one of them is asked for

  const packed = document.getElementsByClassName("texts");
  const unpacked = new Map();

  function chunk(number) {
    if (!unpacked.has(number)) unpacked.set(number, unpack(packed[number].textContent));
    return unpacked.get(number);
  }

  async function unpack(text) {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  }

  // Of each article, in order, its chunk and its place in it.
  const lies = once(() => data.chunks.flatMap((articles, number) => Array.from({ length: articles }, (_, at) => [number, at])));

  async function textsAt(place) {
    const [number, at] = lies()[place];
    return (await chunk(number))[at];
  }

  async function textsOf(id) {
    return textsAt(place.get(id));
  }

  // Offsets count characters as Python does; a string of JavaScript counts some of them twice.
  const characters = (text) => (/[\ud800-\udfff]/.test(text) ? Array.from(text) : text);
  const slice = (letters, start, end) => (typeof letters === "string" ? letters.slice(start, end) : letters.slice(start, end).join(""));

  // --- Lists with search and filters

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean);
  const holds = (text, words) => words.every((word) => text.includes(word));

  const LISTS = {
    articles: {
      rows: () => data.articles,
      says: (row) => [row.title, row.publisher, row.byline, row.path, row.credited_to],
      filters: {
        publisher: { label: "publisher", of: (row) => [outlet(row)] },
        kind: { label: "show", of: (row) => [row.copy_of ? "copies" : "first reports", ...(row.kept !== null && row.kept < 1 / 3 ? ["cut short"] : []), ...(row.correction ? ["with a correction"] : [])] },
      },
      bodies: true,
      draw: (row) => [
        make("h2", {}, to(route("article", row.id), titleOf(row))),
        meta(outlet(row), row.date || "no date", row.byline, many(row.words, "word"), kept(row), row.quotes ? many(row.quotes, "quote") : null, row.credited_to ? `credits ${row.credited_to}` : null, row.copy_of ? make("span", {}, "copy of ", linkTo(row.copy_of)) : null),
      ],
    },
    stories: {
      rows: () => data.stories,
      says: (row) => [row.headline, ...row.outlets, ...row.people, ...row.words],
      filters: { publisher: { label: "outlet", of: (row) => row.outlets } },
      draw: (row) => [
        make("h2", {}, to(route("story", row.id), headlineOf(row))),
        meta(many(row.articles, "article"), many(row.outlets.length, "outlet"), row.first_date === row.last_date ? row.first_date : `${row.first_date || "?"} to ${row.last_date || "?"}`, row.first_is_certain ? `first: ${row.first_publisher || "no publisher"}` : "who was first is not certain"),
        timeline(row),
        row.people.length ? meta(`quoted: ${row.people.slice(0, 6).join(", ")}`) : null,
      ],
    },
    utterances: {
      rows: () => data.utterances,
      says: (row) => [row.text, row.speaker, ...row.reports_of.map((report) => report.publisher)],
      filters: { conflicts: { label: "show", of: (row) => [row.conflicts ? "contradictions" : "no contradictions"] } },
      draw: (row) => [
        make("h2", {}, to(route("utterance", row.id), `“${row.text}”`)),
        meta(row.speaker || "no name that most agree on", many(row.articles, "article"), copies(row), `first: ${row.first_publisher || "no publisher"}, ${row.first_date || "no date"}`),
        row.conflicts_of.map(conflict),
      ],
    },
    speakers: {
      rows: () => data.speakers,
      says: (row) => [row.name, ...row.variants, ...row.roles],
      filters: { kind: { label: "kind", of: (row) => [row.kind] } },
      draw: (row) => [
        make("h2", {}, to(route("speaker", row.id), row.name)),
        meta(row.kind, many(row.quotes, "quote"), many(row.articles, "article"), row.roles.slice(0, 3).join("; "), row.variants.length > 1 ? `also: ${row.variants.filter((name) => name !== row.name).slice(0, 5).join(", ")}` : null),
      ],
    },
    pairs: {
      rows: () => data.pairs,
      says: (row) => [row.a, row.b].flatMap((id) => [article(id).title, article(id).publisher]),
      filters: { kind: { label: "kind", of: (row) => [row.kind] }, publisher: { label: "publisher", of: (row) => [outlet(article(row.a)), outlet(article(row.b))] } },
      draw: (row) => [
        make("h2", {}, to(route("pair", row.a, row.b), `${titleOf(article(row.a))} | ${titleOf(article(row.b))}`)),
        meta(make("span", { class: "tag" }, row.kind), `${outlet(article(row.a))} and ${outlet(article(row.b))}`, alike(row), row.reason),
      ],
    },
  };

  const alike = (row) => make("span", { title: `Jaccard of the sets of five words in a row: ${row.jaccard}` }, `${Math.round(row.jaccard * 100)} % in common`);

  function conflict(row) {
    const side = (name) => `${row[`${name}_publisher`] || row[`${name}_article_id`]}: ${row[`${name}_words`] || "(nothing)"}`;
    return make("p", { class: "conflict" }, `${row.kind} differs. ${side("a")} | ${side("b")}`);
  }

  function timeline(row) {
    const members = row.members.filter((id) => place.has(id)).map(article).filter((member) => member.date);
    if (members.length < 2 || members.every((member) => member.date === members[0].date)) return null;
    const days = members.map((member) => Date.parse(member.date) / 864e5);
    const first = Math.min(...days);
    const span = Math.max(...days) - first || 1;
    const svg = drawn("svg", { class: "timeline", viewBox: "0 0 960 36", preserveAspectRatio: "xMinYMid", role: "img", "aria-label": `${members.length} articles from ${members[0].date} to ${members[members.length - 1].date}` });
    svg.append(drawn("line", { x1: 8, y1: 18, x2: 952, y2: 18 }));
    const onDay = new Map();
    members.forEach((member, at) => {
      const nth = onDay.get(days[at]) || 0;
      onDay.set(days[at], nth + 1);
      const dot = drawn("circle", { cx: Math.min(8 + ((days[at] - first) / span) * 944 + nth * 9, 952), cy: 18, r: 6, class: at ? "" : "first" });
      const says = drawn("title", {});
      says.textContent = `${member.date} ${outlet(member)}: ${titleOf(member)}`;
      dot.append(says);
      svg.append(dot);
    });
    return svg;
  }

  function list(name, box) {
    const { says, filters, draw, bodies } = LISTS[name];
    const rows = LISTS[name].rows();
    const folded = rows.map((row) => fold(says(row).filter(Boolean).join(" ")));
    const search = make("input", { type: "search", dir: "auto", id: `search-${name}`, autocomplete: "off" });
    const chosen = Object.entries(filters).map(([key, filter]) => {
      const values = [...new Set(rows.flatMap(filter.of))].sort();
      const select = make("select", { id: `filter-${name}-${key}` }, make("option", { value: "" }, "all"), values.map((value) => make("option", { value }, value)));
      return { select, label: filter.label, of: filter.of };
    });
    const found = make("p", { class: "found", role: "status" });
    const shown = make("ul", { class: "rows" });
    const more = make("button", { type: "button", hidden: true }, "Show more");
    const form = make("form", { role: "search" }, make("label", {}, bodies ? "search titles, names and texts" : "search", search), chosen.map(({ select, label }) => make("label", {}, label, select)));
    form.addEventListener("submit", (event) => event.preventDefault());
    let hits = [];
    let turn = 0;

    function append(until) {
      shown.append(...hits.slice(shown.children.length, until).map(([row, says]) => make("li", {}, draw(row), says)));
      more.hidden = shown.children.length >= hits.length;
    }

    // What is shown stays where more of the same search is added: somebody may be on it.
    function show(rowsFound, going, added) {
      hits = rowsFound;
      found.textContent = `${hits.length} of ${rows.length}${going ? ", looking through the texts …" : ""}`;
      if (!added) shown.replaceChildren();
      append(Math.max(PAGE, shown.children.length));
    }

    async function update() {
      const mine = ++turn;
      const words = wordsOf(search.value);
      const wanted = rows.map((row, at) => at).filter((at) => chosen.every(({ select, of }) => !select.value || of(rows[at]).includes(select.value)));
      const first = wanted.filter((at) => holds(folded[at], words));
      const deep = Boolean(bodies && words.length);
      show(first.map((at) => [rows[at], null]), deep);
      if (!deep) return;
      const known = new Set(first);
      const further = [];
      for (const at of wanted) {
        if (known.has(at)) continue;
        const { body } = await textsAt(at);
        if (mine !== turn) return;
        if (holds(`${folded[at]} ${fold(body)}`, words)) further.push([rows[at], context(body, words)]);
      }
      show([...first.map((at) => [rows[at], null]), ...further], false, true);
    }

    search.addEventListener("input", update);
    chosen.forEach(({ select }) => select.addEventListener("change", update));
    more.addEventListener("click", () => append(shown.children.length + PAGE));
    box.append(form, found, shown, more);
    update();
  }

  // The words around the first that is found. Folding may change the length of a text; then its beginning is shown.
  function context(body, words) {
    const folded = fold(body);
    const at = folded.length === body.length ? Math.max(...words.map((word) => folded.indexOf(word))) : -1;
    const start = Math.max(at - CONTEXT, 0);
    return meta(`${start ? "… " : ""}${body.slice(start, start + 2 * CONTEXT)} …`);
  }

  // --- Details

  const detail = document.getElementById("detail");

  const DETAILS = {
    async article(id) {
      const row = article(id);
      if (!row) return null;
      const texts = await textsOf(id);
      const copies = data.pairs.filter((pair) => pair.a === id || pair.b === id);
      const heard = data.utterances.filter((utterance) => utterance.reports_of.some((report) => report.article === id));
      return [
        make("h1", { tabindex: "-1" }, titleOf(row)),
        meta(outlet(row), row.date || "no date", row.byline, row.language, many(row.words, "word"), kept(row), row.wire ? `${Math.round(row.wire * 100)} % from an agency or an earlier text` : null, /^https?:\/\//i.test(row.url || "") ? make("a", { href: row.url, rel: "noreferrer noopener", class: "path" }, row.url) : row.url, row.path),
        row.correction ? make("p", { class: "notice" }, row.correction) : null,
        row.story && index.stories.has(row.story) ? meta(make("span", {}, "story: ", to(route("story", row.story), headlineOf(index.stories.get(row.story))))) : null,
        copies.length ? make("p", { class: "meta" }, "shares text with: ", separated(copies.map((pair) => to(route("pair", pair.a, pair.b), `${outlet(article(pair.a === id ? pair.b : pair.a))} (${pair.kind})`)))) : null,
        heard.length ? make("ul", { class: "rows" }, heard.map((utterance) => make("li", {}, "same words elsewhere: ", to(route("utterance", utterance.id), `“${utterance.text}”`)))) : null,
        make("div", { class: "two" }, make("div", {}, make("h2", {}, "Body"), body(texts)), make("div", {}, make("h2", {}, "Page as found, removed text in colour"), page(texts))),
      ];
    },

    async pair(a, b) {
      const pair = data.pairs.find((row) => row.a === a && row.b === b);
      if (!pair) return null;
      const [one, other] = await Promise.all([textsOf(a), textsOf(b)]);
      const side = (id, texts, from, until) => make("div", {}, make("h2", {}, linkTo(id)), meta(outlet(article(id)), article(id).date), differing(texts.body, pair.passages.map((p) => [p[from], p[until]])));
      return [
        make("h1", { tabindex: "-1" }, `Two articles: ${pair.kind}`),
        meta(alike(pair), pair.reason, "marked: what only one of them has"),
        make("div", { class: "two" }, side(a, one, "a_start", "a_end"), side(b, other, "b_start", "b_end")),
      ];
    },

    async story(id) {
      const row = index.stories.get(id);
      if (!row) return null;
      return [
        make("h1", { tabindex: "-1" }, headlineOf(row)),
        LISTS.stories.draw(row).slice(1),
        row.words.length ? meta(`words that set it apart: ${row.words.join(", ")}`) : null,
        make("ol", { class: "rows" }, row.members.map((member) => make("li", {}, make("h2", {}, linkTo(member)), place.has(member) ? meta(article(member).date || "no date", outlet(article(member)), article(member).copy_of ? "copy" : null) : null))),
      ];
    },

    async utterance(id) {
      const row = index.utterances.get(id);
      if (!row) return null;
      return [
        make("h1", { tabindex: "-1" }, `“${row.text}”`),
        LISTS.utterances.draw(row).slice(1),
        make("ol", { class: "rows" }, row.reports_of.map((report) =>
          make("li", {},
            make("blockquote", {}, report.parts.map(([text, differs]) => (differs ? make("mark", {}, text) : text))),
            meta(report.date || "no date", report.publisher || "no publisher", make("span", { class: "tag" }, report.relation), report.speaker || "names nobody", report.copy ? "copy" : null, linkTo(report.article))))),
      ];
    },

    async speaker(id) {
      const row = index.speakers.get(id);
      if (!row) return null;
      return [
        make("h1", { tabindex: "-1" }, row.name),
        meta(row.kind, `${many(row.quotes, "quote")} in ${many(row.articles, "article")}`),
        row.roles.length ? meta(`roles: ${row.roles.join("; ")}`) : null,
        row.variants.length > 1 ? meta(`spellings: ${row.variants.join(", ")}`) : null,
        make("ul", { class: "rows" }, (quotesOf().get(id) || []).map((quote) =>
          make("li", {}, make("blockquote", {}, quote.type === "indirect" ? quote.text : `“${quote.text}”`), meta(make("span", { class: "tag" }, quote.type), article(quote.article).date, outlet(article(quote.article)), `confidence ${quote.confidence}`, quote.role, linkTo(quote.article))))),
      ];
    },
  };

  // A body with its quotes marked; a quote within another is not marked again.
  function body(texts) {
    const letters = characters(texts.body);
    const parts = [];
    let at = 0;
    for (const [start, end, type, speaker, confidence] of texts.quotes) {
      if (start < at) continue;
      parts.push(slice(letters, at, start), make("span", { class: "said", title: `${type}, ${speaker || "nobody named"}, confidence ${confidence}` }, slice(letters, start, end)));
      at = end;
    }
    return make("div", { class: "text" }, parts, slice(letters, at, letters.length));
  }

  // The page as it was found: spans in order, those that were removed with what they are and why. A span within another is not shown twice.
  function page(texts) {
    let at = 0;
    const parts = [];
    for (const [kind, reason, start, text] of texts.page) {
      const letters = characters(text);
      if (start + letters.length <= at) continue;
      if (start > at) parts.push("\n");
      const rest = slice(letters, Math.max(at - start, 0), letters.length);
      parts.push(kind === "body" ? rest : make("del", { title: `${spaced(kind)}: ${reason}`, "data-kind": spaced(kind) }, rest));
      at = start + letters.length;
    }
    return make("div", { class: "text page" }, parts);
  }

  // A body with all that lies outside of the passages marked.
  function differing(text, passages) {
    const letters = characters(text);
    const parts = [];
    let at = 0;
    for (const [start, end] of [...passages].sort((a, b) => a[0] - b[0])) {
      if (start > at) parts.push(own(slice(letters, at, start)));
      if (end > at) parts.push(slice(letters, Math.max(at, start), end));
      at = Math.max(at, end);
    }
    if (at < letters.length) parts.push(own(slice(letters, at, letters.length)));
    return make("div", { class: "text" }, parts);
  }

  // Blanks at the ends are not marked.
  const own = (text) => {
    const [, before, words, after] = /^(\s*)([^]*?)(\s*)$/.exec(text);
    return words ? [before, make("mark", {}, words), after] : text;
  };

  // --- Which section is shown

  const sections = [...document.querySelectorAll("main > section")];
  const made = new Set();

  async function go() {
    const [name, ...ids] = location.hash.slice(1).split("/").map(decodeURIComponent);
    let section = sections.find((element) => element.id === name && element !== detail);
    if (DETAILS[name]) {
      const found = await DETAILS[name](...ids);
      detail.replaceChildren(...(found || [make("h1", { tabindex: "-1" }, "Not in this report"), make("p", {}, `There is no ${name} ${ids.join(" ")} here.`)]).flat(Infinity).filter(Boolean));
      section = detail;
    }
    section = section || sections[0];
    const box = section.querySelector("[data-list]");
    if (box && !made.has(box)) {
      made.add(box);
      list(box.dataset.list, box);
    }
    for (const element of sections) element.hidden = element !== section;
    for (const link of document.querySelectorAll("nav a")) {
      if (link.hash === `#${section.id}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    const known = history.state && left.get(history.state.visit);
    if (section === detail) detail.querySelector("h1").focus({ preventScroll: true });
    if (known && known.link.isConnected) known.link.focus({ preventScroll: true });
    window.scrollTo(0, known ? known.top : 0);
    if (!history.state) history.replaceState({ visit: (visits += 1) }, "");
  }

  // Back leads to the place that a link was followed from.
  const left = new Map();
  let visits = 0;
  document.querySelector("main").addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && history.state) left.set(history.state.visit, { link, top: window.scrollY });
  });

  history.scrollRestoration = "manual";
  window.addEventListener("hashchange", go);
  window.addEventListener("load", () => window.scrollTo(0, 0)); // after the browser has gone to the section of the address
  go();
})();
