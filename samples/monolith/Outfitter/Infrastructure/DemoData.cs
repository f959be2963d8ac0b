using Outfitter.Common;
using Outfitter.Entities;
using Outfitter.Services;

namespace Outfitter.Infrastructure;

/// <summary>Fills an empty database with goods, people and two months of orders; the same on every machine, but for the dates.</summary>
public sealed class DemoData(ShopDbContext db, SalesReportService sales, Clock clock)
{
    private const int PastOrders = 24;

    public async Task FillAsync(CancellationToken ct)
    {
        var categories = AddCategories();
        var brands = AddBrands();
        var warehouses = AddWarehouses();
        var products = AddProducts(categories, brands, warehouses);
        AddPromotions(categories);
        AddTaxes();
        var carriers = AddCarriers();
        var customers = AddPeople();
        await db.SaveChangesAsync(ct);

        AddPastOrders(customers, products, carriers[0]);
        await db.SaveChangesAsync(ct);
        var today = DateOnly.FromDateTime(clock.Now);
        for (var day = today.AddDays(-14); day < today; day = day.AddDays(1))
            await sales.WriteDayAsync(day, ct);
        db.ChangeTracker.Clear();
    }

    private Dictionary<string, Category> AddCategories()
    {
        var all = new Dictionary<string, Category>();
        foreach (var (name, parent) in DemoRange.Categories)
            db.Categories.Add(all[name] = new Category { Name = name, Slug = SlugGenerator.From(name), Parent = parent is null ? null : all[parent] });
        return all;
    }

    private List<Brand> AddBrands()
    {
        var brands = DemoRange.Brands.Select(b => new Brand { Name = b, Slug = SlugGenerator.From(b) }).ToList();
        db.Brands.AddRange(brands);
        db.Suppliers.AddRange(brands.Select((b, i) => new Supplier { Name = $"{b.Name} Trading", Email = $"orders@{b.Slug}.example", LeadTimeDays = 5 + 3 * i, Brand = b }));
        return brands;
    }

    private List<Warehouse> AddWarehouses()
    {
        List<Warehouse> warehouses =
        [
            new Warehouse { Code = "HAM", Preference = 1, Address = new Address("Outfitter, gate 3", "Hafenstraße 12", "20457", "Hamburg", "DE") },
            new Warehouse { Code = "MUC", Preference = 2, Address = new Address("Outfitter, hall B", "Am Moosfeld 4", "81829", "München", "DE") },
        ];
        db.Warehouses.AddRange(warehouses);
        return warehouses;
    }

    private List<Product> AddProducts(Dictionary<string, Category> categories, List<Brand> brands, List<Warehouse> warehouses)
    {
        var products = new List<Product>();
        foreach (var (item, model) in DemoRange.Models)
        {
            var i = products.Count;
            var sku = $"{item.Prefix}-{100 + i}";
            var name = $"{model} {item.Noun}";
            var price = new Money(item.Price.Cents + 500 * (i % 6));
            var product = new Product
            {
                Sku = sku,
                Name = name,
                Slug = SlugGenerator.From($"{name} {sku}"),
                Description = $"{item.Text} The {model} is made for {DemoRange.Uses[i % DemoRange.Uses.Length]}.",
                Category = categories[item.Category],
                Brand = brands[i % brands.Count],
                Status = ProductStatus.Active,
                TaxClass = item.TaxClass,
                WeightGrams = item.WeightGrams + 20 * (i % 5),
                Images = [new ProductImage { Url = $"/images/{sku.ToLowerInvariant()}.jpg", AltText = name }],
                Attributes = [new ProductAttribute { Name = "Colour", Value = DemoRange.Colours[i % DemoRange.Colours.Length] }],
                Prices = [new PriceListEntry { Price = price, ValidFrom = clock.Now.AddDays(-90) }],
            };
            foreach (var warehouse in warehouses)
            {
                // Every 20th product is sold out, the one after it is there once.
                var onHand = i % 20 == 13 ? 0 : i % 20 == 14 ? 2 - warehouse.Preference : 12 + (7 * i + 5 * warehouse.Preference) % 30;
                product.StockItems.Add(new StockItem { Warehouse = warehouse, OnHand = onHand, ReorderPoint = 4, ReorderQuantity = 20 });
            }

            products.Add(product);
        }

        db.Products.AddRange(products);
        return products;
    }

    private void AddPromotions(Dictionary<string, Category> categories)
    {
        var start = clock.Now.AddDays(-7);
        db.Promotions.AddRange(
            new Promotion { Name = "Tent weeks", Kind = PromotionKind.PercentOff, Percent = 20, StartsAt = start, EndsAt = start.AddDays(60), Targets = [new PromotionTarget { Category = categories["Tents"] }] },
            new Promotion { Name = "Three socks for two", Kind = PromotionKind.BuySomeGetSome, BuyQuantity = 2, FreeQuantity = 1, StartsAt = start, Targets = [new PromotionTarget { Category = categories["Socks"] }] },
            new Promotion { Name = "App jackets", Kind = PromotionKind.AmountOff, AmountOff = new Money(1000), Channel = SalesChannel.App, StartsAt = start, Targets = [new PromotionTarget { Category = categories["Jackets"] }] });
        db.Coupons.AddRange(
            new Coupon { Code = "WELCOME10", Percent = 10, MinimumSpend = new Money(5000), ValidFrom = start, OncePerCustomer = true },
            new Coupon { Code = "SAVE5", AmountOff = new Money(500), MinimumSpend = new Money(2000), ValidFrom = start },
            new Coupon { Code = "LASTYEAR", Percent = 50, ValidFrom = start.AddDays(-400), ValidUntil = start.AddDays(-30) });
    }

    private void AddTaxes() =>
        db.TaxRates.AddRange(DemoRange.Taxes.SelectMany(t => new[]
        {
            new TaxRate { Country = t.Country, TaxClass = "standard", Percent = t.Standard },
            new TaxRate { Country = t.Country, TaxClass = "reduced", Percent = t.Reduced },
        }));

    private List<Carrier> AddCarriers()
    {
        var post = new Carrier { Code = "POST", Name = "Parcel Post", TrackingUrl = "https://parcelpost.example/track/" };
        var green = new Carrier { Code = "GREEN", Name = "Green Wheels", TrackingUrl = "https://greenwheels.example/t?c=" };
        foreach (var (country, _, _) in DemoRange.Taxes)
        {
            var home = country == "DE";
            post.Rates.Add(new ShippingRate { Country = country, MaxWeightGrams = 5_000, Price = new Money(home ? 490 : 990), Days = home ? 2 : 4 });
            post.Rates.Add(new ShippingRate { Country = country, MaxWeightGrams = 31_500, Price = new Money(home ? 990 : 1990), Days = home ? 3 : 5 });
        }

        green.Rates.Add(new ShippingRate { Country = "DE", MaxWeightGrams = 2_000, Price = new Money(590), Days = 1 });
        green.Rates.Add(new ShippingRate { Country = "DE", MaxWeightGrams = 10_000, Price = new Money(790), Days = 1 });
        db.Carriers.AddRange(post, green);
        return [post, green];
    }

    private List<Customer> AddPeople()
    {
        var hash = PasswordHasher.Hash(DemoRange.Password);
        List<Customer> people =
        [
            Person("ada@example.com", "Ada Winter", SalesChannel.Web, "Gertigstraße 5", "22303", "Hamburg", "DE"),
            Person("ben@example.com", "Ben Sommer", SalesChannel.App, "Getreidegasse 9", "5020", "Salzburg", "AT"),
            Person("cleo@example.com", "Cleo Martin", SalesChannel.Web, "Rue des Martyrs 40", "75009", "Paris", "FR"),
            Person("staff@outfitter.example", "Sam Staff", SalesChannel.Store, "Hafenstraße 12", "20457", "Hamburg", "DE"),
        ];
        people[^1].IsStaff = true;
        db.Customers.AddRange(people);
        return people[..^1];

        Customer Person(string email, string name, SalesChannel channel, string street, string postalCode, string city, string country) => new()
        {
            Email = email,
            Name = name,
            PasswordHash = hash,
            WantsNewsletter = true,
            AcquiredBy = channel,
            Loyalty = new LoyaltyAccount(),
            Addresses = [new CustomerAddress { Label = "Home", IsDefault = true, Address = new Address(name, street, postalCode, city, country) }],
        };
    }

    private void AddPastOrders(List<Customer> customers, List<Product> products, Carrier carrier)
    {
        for (var i = 0; i < PastOrders; i++)
        {
            var placed = clock.Now.Date.AddDays(-2 * (PastOrders - i) - 10).AddHours(8 + i % 12);
            var customer = customers[i % customers.Count];
            var lines = Enumerable.Range(0, 1 + i % 3).Select(n => Line(products[(7 * i + 11 * n) % products.Count], 1 + (i + n) % 2)).ToList();
            db.Orders.Add(Past(i, customer, placed, lines, carrier));
        }

        db.NumberSequences.AddRange(
            from order in db.Orders.Local
            group order by order.PlacedAt.Year into year
            select new NumberSequence { Name = $"O-{year.Key}", Last = PastOrders });
    }

    private static OrderLine Line(Product product, int quantity)
    {
        var percent = product.TaxClass == "reduced" ? 7m : 19m;
        var price = product.Prices[0].Price;
        product.SoldCount += quantity;
        return new OrderLine
        {
            Product = product,
            ProductName = product.Name,
            Quantity = quantity,
            UnitPrice = price,
            LineTotal = price * quantity,
            TaxPercent = percent,
            Tax = TaxCalculator.ContainedIn(price * quantity, percent),
        };
    }

    private static Order Past(int index, Customer customer, DateTime placed, List<OrderLine> lines, Carrier carrier)
    {
        var goods = lines.Total(l => l.LineTotal);
        var delivered = placed.AddDays(3);
        var address = customer.Addresses[0].Address;
        var order = new Order
        {
            Number = $"O-{placed.Year}-{index + 1:000000}",
            BasketToken = new Guid(index + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
            Customer = customer,
            Status = OrderStatus.Delivered,
            Channel = (SalesChannel)(index % 2),
            PlacedAt = placed,
            DeliveredAt = delivered,
            ShippingAddress = address,
            GoodsTotal = goods,
            TaxTotal = lines.Total(l => l.Tax),
            Total = goods,
            Lines = lines,
            History = [new OrderStatusChange { Status = OrderStatus.Placed, At = placed }, new OrderStatusChange { Status = OrderStatus.Delivered, At = delivered }],
            Payments = [new Payment { Amount = goods, ProviderReference = $"pg_demo_{index + 1}", CardLast4 = "4242", PaidAt = placed }],
            Shipments =
            [
                new Shipment
                {
                    Number = $"S-{placed.Year}-D{index + 1:00000}",
                    Carrier = carrier,
                    Status = ShipmentStatus.Delivered,
                    Destination = address,
                    TrackingCode = $"PP{70_000 + index}",
                    DispatchedAt = placed.AddDays(1),
                    DeliveredAt = delivered,
                },
            ],
        };
        var points = (int)(goods.Cents / 100);
        customer.Loyalty!.Points += points;
        customer.Loyalty.Transactions.Add(new LoyaltyTransaction
        {
            Points = points,
            Remaining = points,
            Reason = $"Order {order.Number}",
            Order = order,
            At = delivered,
            ExpiresAt = delivered.AddMonths(12),
        });
        return order;
    }
}
