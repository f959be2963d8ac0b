"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const none = -1;
  const sharedWords = ["library", "shared kernel", "platform", "copied"];
  const sharedMeans = [
    "into a library of technical code that each service references",
    "into a small library of business values that teams change together",
    "with a service of the platform, since it has state or talks to the outside",
    "each service gets a copy, since it only carries data or names values",
  ];
  const dear = k => k <= 1 ? "dear" : k <= 4 ? "warm" : k === 9 ? "event" : "";
  let cut = data.cuts.find(c => c.id === data.shown) || data.cuts[0];

  // Names come from the code that was read: they become text nodes and nothing else.
  const make = (space, name, attributes, children) => {
    const node = space ? document.createElementNS(space, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children.flat(3)) {
      if (child !== null && child !== undefined && child !== false) node.append(child);
    }
    return node;
  };
  const h = (name, attributes, ...children) => make(null, name, attributes, children);
  const s = (name, attributes, ...children) => make("http://www.w3.org/2000/svg", name, attributes, children);

  const number = n => n.toLocaleString("en-US");
  const figure = n => n === null ? "–" : (Math.abs(n) < .005 ? 0 : n).toFixed(2);
  const percent = n => n === null ? "–" : n > 0 && n < .01 ? "<1 %" : `${Math.round(n * 100)} %`;
  const count = (n, one, many) => `${number(n)} ${n === 1 ? one : many || one + "s"}`;
  const cost = (kind, n) => count(n, data.kinds[2 * kind], data.kinds[2 * kind + 1]);
  const at = (file, line) => h("code", { class: "soft" }, `${data.files[file]}:${line}`);
  const fullName = u => { const [name, before] = data.units[u]; return before.startsWith("=") ? before.slice(1) : before ? `${before}.${name}` : name; };
  const serviceName = i => i === none ? "no service" : cut.services[i].name;
  const membersOf = i => data.units.map((_, u) => u).filter(u => cut.service[u] === i && cut.shared[u] === none);
  const wide = (node, share) => { node.style.width = `${Math.max(0, Math.min(1, share)) * 100}%`; return node; };
  const bar = (share, kind) => h("span", { class: `bar ${kind || ""}`, "aria-hidden": "true" }, wide(h("i"), share || 0));
  const cell = (label, ...children) => h("td", { "data-l": label }, children);
  const numeral = (label, ...children) => h("td", { "data-l": label, class: "num" }, h("span", null, children));
  const table = (heads, rows, kind) => h("table", { class: kind },
    h("thead", null, h("tr", null, heads.map(t => h("th", { scope: "col", class: t.startsWith("#") ? "num" : null }, t.replace("#", ""))))),
    h("tbody", null, rows));
  const section = (id, title, about, ...children) => h("section", { id, "aria-labelledby": `${id}-h` }, h("h2", { id: `${id}-h` }, title), about && h("p", null, about), children);

  /** The first few, and a button for the rest. */
  const some = (items, most, render, holder) => {
    holder.append(...items.slice(0, most).map(render));
    if (items.length > most) {
      const button = h("button", { class: "more", type: "button", onclick: () => { holder.append(...items.slice(most).map(render)); after.remove(); } }, `show ${number(items.length - most)} more`);
      const after = holder.tagName === "UL" || holder.tagName === "OL" ? h("li", null, button) : button;
      holder.append(after);
    }
    return holder;
  };

  const head = () => {
    const [types, tables, entries, useCases, lines, names, calls] = data.facts;
    document.getElementById("head").append(
      h("div", { class: "eyebrow" }, "How it could be cut"),
      h("h1", null, data.name),
      h("ul", { class: "facts" },
        [[types, "types"], [lines, "lines"], [tables, "tables"], [entries, "entry points"], [useCases, "use cases"]].map(([n, w]) => h("li", null, h("b", null, number(n)), ` ${w}`)),
        h("li", null, h("b", null, `${names} %`), " of names and ", h("b", null, `${calls} %`), " of calls understood"),
        data.blind && h("li", null, h("span", { class: "tag warm" }, "blind: namespaces, folders and projects were hidden"))));
    document.getElementById("nav").append(h("ul", null,
      [["cuts", "Alternatives"], ...(data.traffic ? [["traffic", "What runs"]] : []), ["map", "Map"], ["services", "Services"], ["boundaries", "Boundaries"], ["contested", "Contested"], ["types", "Find a type"], ["findings", "Findings"]]
        .map(([id, text]) => h("li", null, h("a", { href: `#${id}` }, text)))));
  };

  const cuts = () => {
    const short = ["Transactions", "Tables", "Calls", "Keys", "Joins", "Size", "Teams", "Held"];
    const rows = data.cuts.map(c => h("tr", { class: c === cut ? "on" : null },
      h("td", null, h("label", { class: "pick" }, h("input", { type: "radio", name: "cut", checked: c === cut, onchange: () => choose(c) }),
        h("span", null, c.title.charAt(0).toUpperCase() + c.title.slice(1), " ", h("code", { class: "soft" }, c.id), " ", c.id === data.recommended && h("span", { class: "tag good" }, "recommended"), " ", c.pareto && h("span", { class: "tag", title: "No other cut is better in one part of the price and worse in none." }, "not outdone")))),
      numeral("Services", number(c.services.length)),
      numeral("Price", h("b", null, figure(c.total))),
      c.price.map(([name, means, share, weight], i) => h("td", { "data-l": short[i], class: "num", title: means }, h("span", null, percent(share)), bar(share, weight < 0 ? "good" : i < 2 ? "dear" : "")))));
    return section("cuts", "Alternatives side by side", "Lower prices are better; what is held together is taken off. Choose a cut, and the page below shows it.",
      table(["Cut", "#Services", "#Price", ...short.map(t => "#" + t)], rows, "cuts"),
      data.ofWhole && h("p", { class: "soft small" }, data.ofWhole),
      h("p", { class: "soft small" }, cut.how),
      h("details", null, h("summary", null, h("h3", null, `What the price of ${cut.id} is made of`), h("span", { class: "soft push" }, `${figure(cut.total)} in all`)),
        h("div", { class: "body" },
          table(["Part", "#Share", "#Weight", "#Adds", "Of what"], cut.price.map(([name, means, share, weight]) => h("tr", null, h("td", null, name), numeral("Share", percent(share)), numeral("Weight", figure(Math.abs(weight))), numeral("Adds", figure(share * weight)), cell("Of what", h("span", { class: "soft" }, means))))),
          cut.sheet.length > 0 && [h("h4", null, "On the measures of the literature"), table(["Measure", "#Value", "Better"], cut.sheet.map(([name, value, better]) => h("tr", null, h("td", null, name), numeral("Value", figure(value)), cell("Better", better < 0 ? "lower" : better > 0 ? "higher" : ""))))])),
      data.notTried.map(([id, needs]) => h("p", { class: "soft small" }, `Not tried: ${id}, which needs ${needs}.`)));
  };

  const traffic = () => data.traffic && section("traffic", "What runs", data.traffic.said.join(" "),
    data.traffic.busiest.length > 0 && h("details", { open: data.traffic.busiest.length <= 12 }, h("summary", null, h("h3", null, "Use cases by requests")), h("div", { class: "body" },
      table(["Use case", "#Requests", "#p50", "#p95", "#Calls p50", "#Calls p95"], data.traffic.busiest.map(([name, ...figures]) =>
        h("tr", null, h("td", null, h("code", null, name)), figures.map((f, i) => numeral(["Requests", "p50", "p95", "Calls p50", "Calls p95"][i], f))))))),
    data.traffic.unmatched.length > 0 && h("details", null, h("summary", null, h("h3", null, "Requests of no use case")), h("div", { class: "body" },
      table(["Request", "#How many"], data.traffic.unmatched.map(([name, n]) => h("tr", null, h("td", null, h("code", null, name)), numeral("How many", n)))))));

  /** Places for boxes: springs along ties, and everybody keeps away from everybody. The same figures give the same picture. */
  const layout = (n, ties, width, height, boxes) => {
    const spots = Array.from({ length: n }, (_, i) => ({ x: width / 2 + Math.cos(2 * Math.PI * i / n - 1.57) * width * .36, y: height / 2 + Math.sin(2 * Math.PI * i / n - 1.57) * height * .36 }));
    const most = Math.max(1, ...ties.map(t => t.weight));
    const degree = spots.map((_, i) => ties.filter(t => t.a === i || t.b === i).length);
    const ideal = Math.sqrt(width * height / Math.max(1, n)) * .95;
    for (let round = 0; round < 400; round++) {
      const heat = .12 * (1 - round / 400) + .01;
      const move = spots.map(() => ({ x: 0, y: 0 }));
      for (let a = 0; a < n; a++) {
        for (let b = 0; b < a; b++) {
          const dx = spots[a].x - spots[b].x || .1, dy = (spots[a].y - spots[b].y || .1) * 1.6, far = Math.hypot(dx, dy), push = ideal * ideal / far / far;
          move[a].x += dx * push; move[a].y += dy * push; move[b].x -= dx * push; move[b].y -= dy * push;
        }
        move[a].x += (width / 2 - spots[a].x) * .25; move[a].y += (height / 2 - spots[a].y) * .35;
      }
      for (const { a, b, weight } of ties) {
        const pull = .9 * Math.sqrt(weight / most) * Math.min(1, 2.5 / Math.min(degree[a], degree[b])), dx = spots[b].x - spots[a].x, dy = spots[b].y - spots[a].y;
        move[a].x += dx * pull; move[a].y += dy * pull; move[b].x -= dx * pull; move[b].y -= dy * pull;
      }
      spots.forEach((p, i) => {
        const far = Math.hypot(move[i].x, move[i].y) || 1, step = Math.min(far * heat, ideal * heat * 2);
        p.x += move[i].x / far * step; p.y += move[i].y / far * step;
      });
      if (round > 200) apart(spots, boxes);
      spots.forEach((p, i) => { p.x = Math.max(boxes[i].w / 2 + 3, Math.min(width - boxes[i].w / 2 - 3, p.x)); p.y = Math.max(boxes[i].h / 2 + 3, Math.min(height - boxes[i].h / 2 - 3, p.y)); });
    }
    return spots;
  };

  const apart = (spots, boxes) => {
    for (let a = 0; a < spots.length; a++) {
      for (let b = 0; b < a; b++) {
        const dx = spots[a].x - spots[b].x, dy = spots[a].y - spots[b].y;
        const overX = (boxes[a].w + boxes[b].w) / 2 + 14 - Math.abs(dx), overY = (boxes[a].h + boxes[b].h) / 2 + 14 - Math.abs(dy);
        if (overX <= 0 || overY <= 0) continue;
        if (overX < overY) { const by = overX / 2 * (dx < 0 ? -1 : 1); spots[a].x += by; spots[b].x -= by; } else { const by = overY / 2 * (dy < 0 ? -1 : 1); spots[a].y += by; spots[b].y -= by; }
      }
    }
  };

  const tiesOf = () => cut.between.map(([a, b, ...counts]) => ({ a, b, counts, worst: counts.findIndex(c => c > 0), weight: counts.slice(0, 9).reduce((x, y) => x + y, 0) || .3 }));

  const picture = width => {
    const n = cut.services.length, ties = tiesOf(), most = Math.max(1, ...cut.services.map(v => v.lines)), heavy = Math.max(1, ...ties.map(t => t.weight));
    const small = width < 560;
    const boxes = cut.services.map(v => { const size = Math.sqrt(v.lines / most); return { w: Math.max(v.name.length * 7.6 + 20, 70 + (small ? 30 : 80) * size), h: 40 + (small ? 16 : 34) * size }; });

    // Who is tied to nobody stands in rows below: among the others it would only push them aside.
    const tied = cut.services.map((_, i) => i).filter(i => ties.some(t => t.a === i || t.b === i));
    const above = tied.length === 0 ? 0 : Math.max(260, Math.min(760, tied.length * (small ? 62 : 46) + 140));
    const inner = layout(tied.length, ties.map(t => ({ a: tied.indexOf(t.a), b: tied.indexOf(t.b), weight: t.weight })), width, above, tied.map(i => boxes[i]));
    const spots = [];
    tied.forEach((i, at) => { spots[i] = inner[at]; });
    let left = 3, top = above === 0 ? 3 : above + 24, row = 0;
    for (let i = 0; i < n; i++) {
      if (spots[i]) continue;
      if (left > 3 && left + boxes[i].w > width) { left = 3; top += row + 12; row = 0; }
      spots[i] = { x: left + boxes[i].w / 2, y: top + boxes[i].h / 2 };
      left += boxes[i].w + 12;
      row = Math.max(row, boxes[i].h);
    }
    const height = Math.ceil(row === 0 ? above : top + row + 4);
    const svg = s("svg", { class: "picture", viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": "Services as boxes sized by lines of code, with what is between them" });
    const near = i => {
      svg.classList.toggle("dimmed", i !== none);
      svg.querySelectorAll(".tie").forEach(e => e.classList.toggle("near", +e.dataset.a === i || +e.dataset.b === i));
      const kin = new Set(ties.filter(t => t.a === i || t.b === i).flatMap(t => [t.a, t.b]));
      svg.querySelectorAll(".node").forEach(e => { e.classList.toggle("on", +e.dataset.i === i); e.classList.toggle("near", kin.has(+e.dataset.i)); });
    };
    for (const t of ties) {
      const p = spots[t.a], q = spots[t.b], bend = .08, mx = (p.x + q.x) / 2 + (q.y - p.y) * bend, my = (p.y + q.y) / 2 - (q.x - p.x) * bend;
      svg.append(s("path", { class: `tie ${dear(t.worst)}`, "data-a": t.a, "data-b": t.b, d: `M${p.x.toFixed(1)} ${p.y.toFixed(1)}Q${mx.toFixed(1)} ${my.toFixed(1)} ${q.x.toFixed(1)} ${q.y.toFixed(1)}`, "stroke-width": (1 + 7 * Math.sqrt(t.weight / heavy)).toFixed(1), opacity: (.25 + .6 * Math.sqrt(t.weight / heavy)).toFixed(2) },
        s("title", null, `${serviceName(t.a)} | ${serviceName(t.b)}: ${t.counts.map((c, k) => c > 0 ? cost(k, c) : "").filter(Boolean).join(", ")}`)));
    }
    cut.services.forEach((v, i) => {
      const { w, h: tall } = boxes[i], { x, y } = spots[i], open = e => { e.preventDefault(); show(i); };
      svg.append(s("g", { class: "node", tabindex: "0", role: "link", "data-i": i, "aria-label": `${v.name}: ${count(v.lines, "line")}`, onclick: open, onkeydown: e => { if (e.key === "Enter" || e.key === " ") open(e); }, onmouseenter: () => near(i), onmouseleave: () => near(none), onfocus: () => near(i), onblur: () => near(none) },
        s("rect", { x: (x - w / 2).toFixed(1), y: (y - tall / 2).toFixed(1), width: w.toFixed(1), height: tall.toFixed(1), rx: 8 }),
        s("text", { x: x.toFixed(1), y: (y - 1).toFixed(1) }, v.name),
        s("text", { class: "sub", x: x.toFixed(1), y: (y + 14).toFixed(1) }, count(v.lines, "line"))));
    });
    return svg;
  };

  const map = () => {
    const holder = h("div"), rows = tiesOf().map(t => h("tr", null,
      h("td", null, h("a", { href: `#b-${t.a}-${t.b}`, onclick: () => open(`b-${t.a}-${t.b}`) }, `${serviceName(t.a)} | ${serviceName(t.b)}`)),
      cell("Parts", h("span", null, t.counts.map((c, k) => c > 0 && h("span", null, h("span", { class: `tag ${dear(k)}` }, cost(k, c)), " "))))));
    const stroke = kind => s("svg", { viewBox: "0 0 34 8", "aria-hidden": "true" }, s("path", { class: `tie ${kind}`, d: "M0 4H34", "stroke-width": 4 }));
    const body = h("tbody");
    some(rows, 10, r => r, body);
    const list = h("table", null, h("thead", null, h("tr", null, h("th", { scope: "col" }, "Between"), h("th", { scope: "col" }, "What is parted"))), body);
    const node = section("map", "The map", "Boxes are services, larger with more lines. A line is what a boundary parts, thicker with more of it, in the style of the dearest kind. What is tied to nobody stands below.",
      h("div", { class: "split" }, h("div", null, holder, h("ul", { class: "legend" },
        h("li", null, stroke("dear"), "a transaction, or a table that both write"), h("li", null, stroke("warm"), "calls, joins"), h("li", null, stroke(""), "keys, reads, types"), h("li", null, stroke("event"), "events only"))),
      rows.length > 0 ? h("div", null, list) : h("p", { class: "soft" }, "Nothing is parted.")));
    const draw = () => holder.replaceChildren(picture(Math.max(280, Math.round(holder.clientWidth))));
    return [node, draw];
  };

  const typeButton = u => h("li", null, h("button", { type: "button", class: cut.contested.includes(u) ? "unsure" : null, title: `${fullName(u)}${cut.contested.includes(u) ? ", contested" : ""}`, onclick: () => find(fullName(u)) }, data.units[u][0], cut.contested.includes(u) && h("small", null, " ?")));

  const byRole = units => data.roles.map((role, r) => [role, units.filter(u => data.units[u][3] === r)]).filter(([, list]) => list.length > 0)
    .map(([role, list]) => [h("h4", null, `${role}, ${list.length}`), some(list, 60, typeButton, h("ul", { class: "names" }))]);

  const services = () => {
    const cards = cut.services.map((v, i) => {
      const units = membersOf(i);
      const ties = []; for (let t = 0; t < v.ties.length; t += 2) ties.push([v.ties[t], v.ties[t + 1]]);
      return lazy(`s-${i}`, [h("h3", null, v.name), h("span", { class: "soft" }, `${count(units.length, "type")}, ${count(v.lines, "line")}, ${count(v.tables.length, "table")}, ${count(v.entries.length, "entry point")}`), h("span", { class: "soft push" }, `${percent(v.cohesion)} of its ties are within`)], () => [
        v.words.length > 0 && h("p", { class: "soft small" }, `Named from ${v.words.join(", ")}.`),
        byRole(units),
        v.tables.length > 0 && [h("h4", null, `tables it owns, ${v.tables.length}`), some(v.tables, 60, t => h("li", null, h("span", null, data.tables[t])), h("ul", { class: "names" }))],
        v.entries.length > 0 && [h("h4", null, `what it answers, ${v.entries.length}`), some(v.entries, 40, e => h("li", null, h("span", null, data.entries[e][0])), h("ul", { class: "names" }))],
        ties.length > 0 && [h("h4", null, "tied to, of what leaves it"), h("ul", { class: "names" }, ties.sort((a, b) => b[1] - a[1]).slice(0, 12).map(([o, w]) => h("li", null, h("button", { type: "button", onclick: () => show(o) }, serviceName(o), " ", h("small", null, `${w} %`)))))],
      ]);
    });
    sharedWords.forEach((word, k) => {
      const units = data.units.map((_, u) => u).filter(u => cut.shared[u] === k);
      if (units.length > 0) cards.push(lazy(`shared-${k}`, [h("h3", null, `Shared: ${word}`), h("span", { class: "soft" }, count(units.length, "type")), h("span", { class: "soft push" }, sharedMeans[k])], () => byRole(units)));
    });
    const loose = data.units.map((_, u) => u).filter(u => cut.service[u] === none && cut.shared[u] === none);
    if (loose.length > 0) cards.push(lazy("loose", [h("h3", null, "In no service"), h("span", { class: "soft" }, count(loose.length, "type")), h("span", { class: "soft push" }, "nothing ties them to one")], () => byRole(loose)));
    return section("services", "Services", "What each would hold. A dashed name is contested; choose any name to see why it is where it is.", cards);
  };

  /** Filled when it is first opened, and before printing: thousands of names are not drawn for nobody. */
  const lazy = (id, summary, body) => {
    const inner = h("div", { class: "body" });
    const node = h("details", { id }, h("summary", null, summary), inner);
    const fill = () => { if (inner.childNodes.length === 0) inner.append(...[body()].flat(4).filter(Boolean)); };
    node.addEventListener("toggle", () => node.open && fill());
    node.fill = fill;
    return node;
  };

  const boundaries = () => {
    const isShown = cut.id === data.shown;
    const items = new Map();
    if (isShown) for (const item of data.items) { const key = `${Math.min(item[1], item[2])}-${Math.max(item[1], item[2])}`; items.set(key, [...items.get(key) || [], item]); }
    const cards = tiesOf().map(t => lazy(`b-${t.a}-${t.b}`, [h("h3", null, `${serviceName(t.a)} | ${serviceName(t.b)}`), h("span", null, t.counts.map((c, k) => c > 0 && [h("span", { class: `tag ${dear(k)}` }, cost(k, c)), " "]))], () =>
      t.counts.map((c, k) => {
        const list = (items.get(`${t.a}-${t.b}`) || []).filter(i => i[0] === k);
        const told = list.reduce((x, i) => x + i[3], 0);
        return c > 0 && h("div", { class: `cost ${dear(k)}` }, h("b", null, cost(k, c)), some(list, 6, ([, from, to, times, what, instead, ...places]) => h("li", null,
          h("div", null, h("span", { class: "who" }, `${serviceName(from)} → ${serviceName(to)} `), h("code", null, what), times > 1 && h("span", { class: "soft" }, ` ${times} times`)),
          h("div", { class: "soft" }, `Instead: ${instead}.`),
          h("div", { class: "small" }, pairs(places).map(([f, l], i) => [i > 0 && ", ", at(f, l)]))), h("ul")),
          told < c && h("div", { class: "soft small" }, `${isShown ? `${number(c - told)} more in proposal.json` : `'conway decompose --alternative ${cut.id}' tells where`}.`));
      })));
    return section("boundaries", "Boundaries", "What would be parted, dearest first, and what it becomes instead.", cards.length > 0 ? some(cards, 25, c => c, h("div")) : h("p", null, "Nothing is parted."));
  };

  const pairs = list => { const two = []; for (let i = 0; i < list.length; i += 2) two.push([list[i], list[i + 1]]); return two; };
  const pinOf = (u, service) => `pin ${fullName(u).replace(/`\d+/g, "")} -> ${service}`;

  const contested = () => {
    const isShown = cut.id === data.shown;
    const rows = cut.contested.map(u => {
      const rival = isShown ? data.why[u][0].find(p => p[0] !== cut.service[u]) : null;
      return h("tr", null, h("td", null, h("ul", { class: "names" }, typeButton(u))), cell("In", serviceName(cut.service[u])), numeral("Margin", `${cut.margin[u]} %`),
        cell("Claimed by", rival ? serviceName(rival[0]) : ""), cell("To settle it", h("code", { class: "soft" }, pinOf(u, serviceName(cut.service[u])))));
    });
    const body = h("tbody");
    some(rows, 20, r => r, body);
    return section("contested", "Contested types", rows.length > 0 ? "Another service claims these almost as strongly. Whoever knows the business decides; a line in constraints.txt keeps the decision." : "No service claims a type of another one nearly as strongly.",
      rows.length > 0 && h("table", null, h("thead", null, h("tr", null, ["Type", "In", "#Margin", "Claimed by", "To settle it"].map(t => h("th", { scope: "col", class: t[0] === "#" ? "num" : null }, t.replace("#", ""))))), body),
      cut.owners.length > 0 && h("details", null, h("summary", null, h("h3", null, "Tables written from elsewhere")), h("div", { class: "body" }, h("p", null, "Most use cases that write these tables begin in another service than the one that has them."),
        table(["Table", "In", "Written from", "#Use cases", "#Elsewhere"], cut.owners.map(([t, service, owner, writing, elsewhere]) => h("tr", null, h("td", null, h("code", null, data.tables[t])), cell("In", serviceName(service)), cell("Written from", serviceName(owner)), numeral("Use cases", number(writing)), numeral("Elsewhere", number(elsewhere))))))));
  };

  const place = u => cut.shared[u] !== none ? `shared: ${sharedWords[cut.shared[u]]}` : serviceName(cut.service[u]);

  const typeCard = u => {
    const [name, , kind, role, file, line, lines] = data.units[u], isShown = cut.id === data.shown;
    const [pulls, reasons, moved, constraint] = isShown ? data.why[u] : [[], [], null, 0];
    const elsewhere = data.cuts.filter(c => c !== cut).map(c => `${c.id}: ${c.shared[u] !== none ? sharedWords[c.shared[u]] : c.service[u] === none ? "none" : c.services[c.service[u]].name}`);
    return lazy(`t-${u}`, [h("h3", null, name), h("span", null, place(u)), cut.contested.includes(u) && h("span", { class: "tag warm" }, "contested"), h("span", { class: "soft push mono" }, `${data.files[file]}:${line}`)], () => [
      h("p", { class: "soft small" }, h("code", null, fullName(u)), ` · ${kind}, ${data.roles[role]}${lines > 0 ? `, ${count(lines, "line")}` : ""}`),
      pulls.length > 0 && [h("h4", null, cut.service[u] === none || cut.shared[u] !== none ? "what pulls it" : `what pulls it; margin ${cut.margin[u]} %`), pulls.map(([service, ...parts]) => {
        const kinds = pairs(parts), total = kinds.reduce((x, [, p]) => x + p, 0);
        return h("div", { class: "pull" }, h("span", null, serviceName(service)), h("span", { class: "track", role: "img", "aria-label": kinds.map(([k, p]) => `${data.evidence[k]} ${p} %`).join(", ") }, kinds.map(([k, p]) => wide(h("i", { class: `k${k}`, title: `${data.evidence[k]} ${p} %` }), p / 100))), h("span", { class: "num" }, `${total} %`));
      }), h("div", { class: "keys" }, data.evidence.map((e, k) => h("span", null, h("i", { class: `k${k}` }), e)))],
      reasons.length > 0 && [h("h4", null, "strongest facts"), h("ol", { class: "reasons" }, reasons.map(([text, f, l]) => h("li", null, text, " ", f !== undefined && at(f, l))))],
      constraint > 0 && h("p", null, `Line ${constraint} of the constraints decided it.`),
      moved !== null && h("p", { class: "soft" }, `Moved to the next service, the price of the whole would ${moved >= 0 ? "rise" : "fall"} by ${Math.abs(moved).toFixed(3)}.`),
      !isShown && h("p", { class: "soft" }, `'conway decompose --alternative ${cut.id}' tells why.`),
      elsewhere.length > 0 && h("p", { class: "soft small" }, `In other cuts: ${elsewhere.join("; ")}.`),
    ]);
  };

  const lower = data.units.map((_, u) => fullName(u).toLowerCase());
  let asked = "";
  const answer = () => {
    const text = asked.trim().toLowerCase(), results = document.getElementById("results");
    if (!results) return;
    const found = text === "" ? [] : lower.map((n, u) => u).filter(u => lower[u].includes(text));
    const rank = u => data.units[u][0].toLowerCase() === text || lower[u] === text ? 0 : data.units[u][0].toLowerCase().startsWith(text) ? 1 : 2;
    found.sort((a, b) => rank(a) - rank(b) || a - b);
    results.replaceChildren();
    document.getElementById("found").textContent = text === "" ? "" : found.length === 0 ? "No type or table has that in its name." : count(found.length, "hit");
    some(found, 30, typeCard, results);
    if (found.length > 0 && rank(found[0]) === 0) results.firstChild.open = true;
  };
  const find = name => { asked = name; const box = document.getElementById("ask"); box.value = name; answer(); document.getElementById("types").scrollIntoView(); box.focus({ preventScroll: true }); };

  const types = () => section("types", "Where is this type?", null,
    h("div", { class: "search", role: "search" }, h("input", { type: "search", id: "ask", placeholder: "a part of a name", "aria-label": "Part of a type's or table's name", autocomplete: "off", spellcheck: "false", value: asked, oninput: e => { asked = e.target.value; answer(); } }), h("span", { id: "found", class: "soft", role: "status" })),
    h("div", { id: "results" }));

  const findings = () => {
    const body = h("tbody");
    some(data.findings, 30, ([severity, code, message, mend, where]) => h("tr", null, h("td", null, h("span", { class: `tag ${severity === "error" ? "dear" : severity === "warning" ? "warm" : ""}` }, `${severity} ${code}`)), cell("What", h("span", null, message, h("br"), h("span", { class: "soft" }, mend))), cell("Where", where && h("code", { class: "soft" }, where))), body);
    return section("findings", "What was found while reading", data.findings.length > 0 ? "The cut is as sure as what was read." : "Everything could be read.",
      data.findings.length > 0 && h("table", null, h("thead", null, h("tr", null, ["Weight", "What", "Where"].map(t => h("th", { scope: "col" }, t)))), body),
      data.findingsAll > data.findings.length && h("p", null, `${number(data.findingsAll - data.findings.length)} more in proposal.json.`));
  };

  const open = id => {
    const node = document.getElementById(id);
    if (node && node.tagName === "DETAILS") { node.open = true; if (node.fill) node.fill(); }
    if (node) node.scrollIntoView();
    return node;
  };
  const show = i => { const node = open(`s-${i}`); if (node) node.querySelector("summary").focus({ preventScroll: true }); };

  let draw = () => {};
  const render = () => {
    const [node, picture] = map();
    document.getElementById("main").replaceChildren(...[cuts(), traffic(), node].filter(Boolean), services(), boundaries(), contested(), types(), findings());
    draw = picture;
    draw();
    answer();
  };
  const choose = c => { cut = c; const y = scrollY; render(); scrollTo(0, y); document.querySelector("input[name=cut]:checked").focus({ preventScroll: true }); };

  /** #find=Order shows where Order is; every other mark is the id of a part of the page. */
  const follow = () => {
    const mark = decodeURIComponent(location.hash.slice(1));
    if (mark.startsWith("find=")) find(mark.slice(5));
    else if (mark !== "") open(mark);
  };

  head();
  if (cut) render(); else document.getElementById("main").replaceChildren(section("cuts", "Nothing to cut", "No alternative was found."), findings());
  if (cut && location.hash) follow();
  addEventListener("hashchange", follow);
  let waiting = 0;
  addEventListener("resize", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => draw()); });
  addEventListener("beforeprint", () => document.querySelectorAll("#services details, #boundaries details, #cuts details").forEach(d => { if (d.fill) d.fill(); d.open = true; }));
})();
