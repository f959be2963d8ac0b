using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Entities;

namespace Outfitter.Infrastructure;

/// <summary>The whole shop's data.</summary>
public class ShopDbContext(DbContextOptions<ShopDbContext> options, Clock clock) : DbContext(options)
{
    public DbSet<Product> Products => Set<Product>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<Brand> Brands => Set<Brand>();

    public DbSet<PriceListEntry> PriceList => Set<PriceListEntry>();

    public DbSet<Promotion> Promotions => Set<Promotion>();

    public DbSet<Coupon> Coupons => Set<Coupon>();

    public DbSet<CouponRedemption> CouponRedemptions => Set<CouponRedemption>();

    public DbSet<TaxRate> TaxRates => Set<TaxRate>();

    public DbSet<Warehouse> Warehouses => Set<Warehouse>();

    public DbSet<StockItem> StockItems => Set<StockItem>();

    public DbSet<StockMovement> StockMovements => Set<StockMovement>();

    public DbSet<StockReservation> StockReservations => Set<StockReservation>();

    public DbSet<Supplier> Suppliers => Set<Supplier>();

    public DbSet<PurchaseOrder> PurchaseOrders => Set<PurchaseOrder>();

    public DbSet<Basket> Baskets => Set<Basket>();

    public DbSet<WishlistItem> WishlistItems => Set<WishlistItem>();

    public DbSet<Order> Orders => Set<Order>();

    public DbSet<OrderLine> OrderLines => Set<OrderLine>();

    public DbSet<ReturnRequest> ReturnRequests => Set<ReturnRequest>();

    public DbSet<Payment> Payments => Set<Payment>();

    public DbSet<Refund> Refunds => Set<Refund>();

    public DbSet<Invoice> Invoices => Set<Invoice>();

    public DbSet<Carrier> Carriers => Set<Carrier>();

    public DbSet<ShippingRate> ShippingRates => Set<ShippingRate>();

    public DbSet<Shipment> Shipments => Set<Shipment>();

    public DbSet<Customer> Customers => Set<Customer>();

    public DbSet<LoyaltyAccount> LoyaltyAccounts => Set<LoyaltyAccount>();

    public DbSet<LoyaltyTransaction> LoyaltyTransactions => Set<LoyaltyTransaction>();

    public DbSet<Review> Reviews => Set<Review>();

    public DbSet<DailySales> DailySales => Set<DailySales>();

    public DbSet<QueuedEmail> QueuedEmails => Set<QueuedEmail>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<NumberSequence> NumberSequences => Set<NumberSequence>();

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Stamp();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Stamp();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTimeConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        configurationBuilder.ComplexProperties<Money>();
        configurationBuilder.ComplexProperties<Address>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(ShopDbContext).Assembly);

        modelBuilder.Entity<Category>().HasIndex(c => c.Slug).IsUnique();
        modelBuilder.Entity<Brand>().HasIndex(b => b.Slug).IsUnique();
        modelBuilder.Entity<Coupon>().HasIndex(c => c.Code).IsUnique();
        modelBuilder.Entity<TaxRate>().HasIndex(t => new { t.Country, t.TaxClass }).IsUnique();
        modelBuilder.Entity<Warehouse>().HasIndex(w => w.Code).IsUnique();
        modelBuilder.Entity<PurchaseOrder>().HasIndex(p => p.Number).IsUnique();
        modelBuilder.Entity<Basket>().HasIndex(b => b.Token).IsUnique();
        modelBuilder.Entity<BasketItem>().HasIndex(i => new { i.BasketId, i.ProductId }).IsUnique();
        modelBuilder.Entity<WishlistItem>().HasIndex(w => new { w.CustomerId, w.ProductId }).IsUnique();
        modelBuilder.Entity<OrderLine>().HasOne(l => l.Product).WithMany().OnDelete(DeleteBehavior.Restrict);
        modelBuilder.Entity<OrderLine>().HasOne(l => l.Promotion).WithMany().OnDelete(DeleteBehavior.Restrict);
        modelBuilder.Entity<Payment>().HasIndex(p => p.ProviderReference).IsUnique();
        modelBuilder.Entity<Shipment>().HasIndex(s => s.Number).IsUnique();
        modelBuilder.Entity<Shipment>().HasIndex(s => s.Status);
        modelBuilder.Entity<Carrier>().HasIndex(c => c.Code).IsUnique();
        modelBuilder.Entity<Customer>().HasIndex(c => c.Email).IsUnique();
        modelBuilder.Entity<Invoice>().HasIndex(i => i.OrderId).IsUnique();
        modelBuilder.Entity<Review>().HasIndex(r => new { r.ProductId, r.CustomerId }).IsUnique();
        modelBuilder.Entity<ReviewVote>().HasIndex(v => new { v.ReviewId, v.CustomerId }).IsUnique();
        modelBuilder.Entity<DailySales>().HasIndex(d => new { d.Day, d.Channel }).IsUnique();

        SnakeCaseNames.Apply(modelBuilder);
    }

    private void Stamp()
    {
        foreach (var entry in ChangeTracker.Entries<EntityBase>())
        {
            if (entry.State == EntityState.Added)
            {
                entry.Entity.CreatedAt = entry.Entity.UpdatedAt = clock.Now;
            }
            else if (entry.State == EntityState.Modified)
            {
                entry.Entity.UpdatedAt = clock.Now;
                entry.Entity.Version++;
            }
        }
    }
}
