// A drawing for every product: the outline of its category, in the colour of its material.

const OUTLINES = {
  Kitchen: "M16 30h32v16a6 6 0 0 1-6 6H22a6 6 0 0 1-6-6zM10 30h44M20 30c0-7 5-10 12-10s12 3 12 10M32 20v-4M28 16h8",
  Lighting: "M32 8v12M22 40l4-20h12l4 20zM32 40v12M24 54h16M28 44v4",
  Desk: "M18 52V16h22l8 8v28zM40 16v8h8M25 32h16M25 39h16M25 46h9",
  Garden: "M22 38h20l-3 18H25zM32 38V22M32 28c0-8 6-12 13-12 0 8-5 12-13 12M32 24c0-6-5-10-11-10 0 7 4 10 11 10",
  Outdoor: "M8 52l16-28 10 17 6-10 16 21zM44 20a5 5 0 1 1 .1 0",
  Bedroom: "M10 50V22M10 42h44v8M54 42v-4a8 8 0 0 0-8-8H26v12M18 36a4 4 0 1 1 .1 0",
  Bath: "M10 34h44v4a14 14 0 0 1-14 14H24a14 14 0 0 1-14-14zM18 34V18a5 5 0 0 1 10 0M20 52l-2 4M44 52l2 4",
  Storage: "M12 22h40v32H12zM12 22l5-10h30l5 10M26 30h12",
  Table: "M14 32h26v8a12 12 0 0 1-12 12h-2a12 12 0 0 1-12-12zM40 34h4a6 6 0 0 1 0 12h-5M22 26c-2-4 2-5 0-9M31 26c-2-4 2-5 0-9M10 56h38",
  Tools: "M14 50l20-20M34 30l-4-4 8-10c4-3 10-2 14 2l-10 8zM12 52l-2 2M18 20l10 10M14 14l6 2 2 6-4 2-6-6z",
};

// First word of the name → hue and saturation. What is not here gets its own by its letters.
const COLOURS = {
  Oak: [34, 46], Walnut: [22, 40], Beech: [30, 52], Olive: [72, 32], Bamboo: [58, 42], Carbon: [215, 10], Cast: [220, 6], Copper: [18, 58], Stoneware: [28, 14], Enamel: [205, 45],
  Linen: [42, 30], Brass: [44, 60], Smoked: [20, 12], Matte: [0, 0], Chalk: [40, 10], Terracotta: [14, 52], Indigo: [230, 46], Moss: [95, 28], Forest: [140, 30], Coast: [195, 42], Meadow: [85, 38],
  Steel: [210, 12], Graphite: [220, 8], Slate: [210, 16], Fjord: [200, 38], Harbour: [210, 44], Ridge: [25, 20], Canyon: [12, 48], Tundra: [170, 16], Trail: [36, 36], Summit: [255, 22],
};

export function picture({ name, category }) {
  const [hue, saturation] = COLOURS[name.split(/[ -]/)[0]] ?? [letters(name.split(" ")[0]), 26];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 64 64");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("picture");
  svg.style.setProperty("--hue", hue);
  svg.style.setProperty("--saturation", `${saturation}%`);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", OUTLINES[category] ?? OUTLINES.Storage);
  svg.append(path);
  return svg;
}

const letters = (word) => [...word].reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 360, 7);
