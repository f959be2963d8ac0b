using Shop.Catalog.Products;

namespace Shop.Catalog.Storage;

/// <summary>What the shop sells when it opens: ten categories, ten things in each, ten ways to make them. The same on every machine.</summary>
internal static class ProductRange
{
    private sealed record Shelf(string Category, string[] Makes, (string Thing, int Cents, string Line)[] Things);

    public static IEnumerable<Product> All()
    {
        // Shelf by shelf within a make, so that the first page shows something of everything.
        for (var number = 0; number < 1000; number++)
        {
            var shelf = Shelves[number % 10];
            var (thing, cents, line) = shelf.Things[number / 10 % 10];
            var make = number / 100;
            yield return new Product($"p-{number + 1:0000}", $"{shelf.Makes[make]} {thing}", shelf.Category, line, Price(cents, make, number));
        }
    }

    // Up to 60 % dearer along the makes, never two neighbours alike, ending as prices do.
    private static int Price(int cents, int make, int number)
    {
        var raw = cents + cents * make * 6 / 100 + number * 37 % 400;
        return raw / 50 * 50 + (number % 3 == 0 ? 45 : 40) + 5;
    }

    private static readonly Shelf[] Shelves =
    [
        new("Kitchen", ["Oak", "Walnut", "Beech", "Olive Wood", "Bamboo", "Carbon Steel", "Cast Iron", "Copper", "Stoneware", "Enamel"],
        [
            ("Serving Board", 2900, "Flat, heavy and easy to wipe; the back has a groove for crumbs."),
            ("Mixing Bowl", 2400, "Wide enough for a kilo of dough, with a lip that pours."),
            ("Salt Cellar", 1400, "A lid that swings aside with one thumb."),
            ("Utensil Jar", 1900, "Holds a dozen spoons without tipping."),
            ("Pepper Mill", 3600, "A ceramic grinder with nine settings."),
            ("Butter Dish", 2200, "Keeps half a pound soft and covered."),
            ("Trivet", 1500, "For pots straight from the stove."),
            ("Coffee Scoop", 900, "Ten grams, level."),
            ("Fruit Bowl", 3400, "Airy sides, so that pears last."),
            ("Rolling Pin", 2100, "No handles: you feel the dough."),
        ]),
        new("Lighting", ["Linen", "Paper", "Brass", "Opal Glass", "Smoked Glass", "Rattan", "Ceramic", "Matte Black", "Chalk White", "Copper"],
        [
            ("Table Lamp", 6900, "Warm, glare-free light at elbow height."),
            ("Pendant", 8900, "Hangs over a table for six."),
            ("Reading Lamp", 7900, "One arm, one joint, stays where you put it."),
            ("Wall Light", 5900, "Light up and down, cable hidden."),
            ("Floor Lamp", 12900, "For the dark corner every room has."),
            ("Night Light", 2400, "Just enough to find the door."),
            ("Desk Lamp", 6400, "Dims in four steps and remembers."),
            ("Lantern", 3900, "For candles, indoors and out."),
            ("Clip Light", 2900, "Shelf, bed or easel."),
            ("String Lights", 2600, "Ten metres, forty small bulbs."),
        ]),
        new("Desk", ["Oak", "Walnut", "Cork", "Felt", "Leather", "Steel", "Brass", "Recycled", "Graphite", "Maple"],
        [
            ("Pen Tray", 1800, "Three channels and a place for the eraser."),
            ("Notebook", 1400, "192 pages that lie flat; dotted."),
            ("Monitor Stand", 5900, "Eleven centimetres of height and room for the keyboard."),
            ("Desk Mat", 4200, "Quiet under a mouse, kind to a pen."),
            ("Letter Holder", 2300, "Today, this week, later."),
            ("Bookend Pair", 2900, "Holds a metre of paperbacks."),
            ("Card Box", 1900, "For index cards, A6."),
            ("Phone Dock", 2600, "Cable from behind, screen in sight."),
            ("Paperweight", 1700, "Half a kilo of calm."),
            ("Ruler", 1100, "Thirty centimetres, numbers that can be read."),
        ]),
        new("Garden", ["Galvanised", "Cedar", "Terracotta", "Ash-Handled", "Stainless", "Copper", "Slate", "Zinc", "Hazel", "Weathered"],
        [
            ("Planter", 3900, "Drains well and survives frost."),
            ("Watering Can", 3400, "Long spout, fine rose, five litres."),
            ("Trowel", 1900, "Sharp edge, marks for bulb depth."),
            ("Hand Fork", 1900, "Three tines for stubborn roots."),
            ("Bird House", 2700, "For tits; opens for cleaning."),
            ("Plant Labels", 900, "A set of twelve, for pencil."),
            ("Herb Trough", 4400, "Fits a windowsill; parsley to thyme."),
            ("Kneeler", 2900, "Turn it over and it is a stool."),
            ("Bird Bath", 5900, "Shallow, as they like it."),
            ("Trellis", 3600, "Folds flat in winter."),
        ]),
        new("Outdoor", ["Trail", "Summit", "Harbour", "Meadow", "Ridge", "Fjord", "Canyon", "Tundra", "Coast", "Forest"],
        [
            ("Backpack 24 L", 8900, "One compartment, two pockets, no dangling straps."),
            ("Flask", 2900, "Hot for twelve hours, cold for a day."),
            ("Camp Mug", 1600, "Takes a fall."),
            ("Rain Jacket", 12900, "Three layers, taped seams, a hood that turns with you."),
            ("Wool Hat", 2700, "Merino, does not itch."),
            ("Head Torch", 3900, "Two hundred metres, or a book."),
            ("Dry Bag", 1900, "Rolls shut; ten litres."),
            ("Picnic Blanket", 4900, "Waterproof below, soft above."),
            ("Trekking Poles", 6900, "A pair; they fold into three."),
            ("Cook Set", 5400, "Pot, pan, lid; nests around the burner."),
        ]),
        new("Bedroom", ["Linen", "Percale", "Sateen", "Flannel", "Jersey", "Washed Cotton", "Hemp", "Lyocell", "Wool", "Seersucker"],
        [
            ("Duvet Cover", 7900, "Buttons, not zips."),
            ("Pillowcase", 1900, "An envelope closing that stays closed."),
            ("Fitted Sheet", 3900, "Elastic all round, for mattresses to 30 cm."),
            ("Throw", 5900, "For the end of the bed and the sofa."),
            ("Bedspread", 8900, "Light enough for July."),
            ("Sleep Mask", 1500, "Dark without pressure."),
            ("Bolster", 3400, "For reading in bed."),
            ("Quilt", 11900, "Two layers, hand-tied."),
            ("Dressing Gown", 7400, "Deep pockets, a belt that is sewn on."),
            ("Cushion Cover", 2200, "Fifty by fifty."),
        ]),
        new("Bath", ["Waffle", "Terry", "Organic", "Turkish", "Bamboo", "Teak", "Stone", "Ribbed", "Ivory", "Slate"],
        [
            ("Bath Towel", 2900, "Big enough to wrap up in."),
            ("Hand Towel", 1400, "Dries fast, lasts long."),
            ("Bath Mat", 2600, "Stays put."),
            ("Soap Dish", 1200, "Drains, so that soap lasts."),
            ("Tumbler", 1100, "For brushes or for water."),
            ("Laundry Basket", 5400, "Two handles and a lid."),
            ("Shower Caddy", 3600, "Three shelves, no drilling."),
            ("Bath Rack", 4400, "A book, a candle, a glass."),
            ("Wash Mitt", 900, "One rough side."),
            ("Hook Rail", 2700, "Five hooks that hold wet towels."),
        ]),
        new("Storage", ["Pine", "Willow", "Seagrass", "Canvas", "Wire", "Felt", "Birch", "Steel", "Kraft", "Oak"],
        [
            ("Basket", 2600, "Round, with handles that can be trusted."),
            ("Crate", 2200, "Stacks on its brothers."),
            ("Shoe Rack", 4900, "Two rows, eight pairs."),
            ("Coat Stand", 8900, "Stands, even when all hooks are taken."),
            ("Tool Box", 4400, "A tray on top, room below."),
            ("Magazine File", 1500, "A year of monthlies."),
            ("Shelf", 3900, "Sixty centimetres, hidden fixings."),
            ("Drawer Divider", 1300, "Slides to any width."),
            ("Jewellery Box", 3900, "Lined, with a small key."),
            ("Toy Chest", 7900, "A lid that closes slowly."),
        ]),
        new("Table", ["Stoneware", "Porcelain", "Glass", "Hand-Thrown", "Speckled", "Indigo", "Ash Grey", "Terracotta", "Linen White", "Moss"],
        [
            ("Dinner Plate", 1700, "Twenty-seven centimetres, a rim that keeps the sauce."),
            ("Side Plate", 1200, "For bread, cake and second thoughts."),
            ("Soup Bowl", 1600, "Deep, stays hot."),
            ("Mug", 1500, "A third of a litre, a handle for three fingers."),
            ("Espresso Cup", 1100, "Thick walls."),
            ("Carafe", 2900, "One litre; pours without dripping."),
            ("Tea Pot", 4600, "The lid stays on."),
            ("Serving Bowl", 3400, "Salad for eight."),
            ("Vase", 3200, "A narrow neck: five stems look like a bunch."),
            ("Candle Holder", 1400, "For dinner candles, 22 mm."),
        ]),
        new("Tools", ["Forged", "Ash-Handled", "Japanese", "Carbon Steel", "Compact", "Workshop", "Folding", "Brass", "Precision", "Heavy-Duty"],
        [
            ("Hammer", 2900, "Three hundred grams, balanced."),
            ("Screwdriver", 1400, "Fits the screws there are."),
            ("Hand Saw", 3400, "Cuts on the pull."),
            ("Chisel", 2600, "Eighteen millimetres, holds an edge."),
            ("Spirit Level", 2900, "Forty centimetres, three vials."),
            ("Tape Measure", 1700, "Five metres, a lock that holds."),
            ("Pliers", 2400, "Flush jaws, soft spring."),
            ("Clamp", 1900, "One hand is enough."),
            ("Marking Gauge", 3100, "A wheel, not a pin."),
            ("Pocket Knife", 3900, "One blade, for everything."),
        ]),
    ];
}
