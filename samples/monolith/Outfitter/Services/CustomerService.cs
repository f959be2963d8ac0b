using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Mapping;
using Outfitter.Repositories;

namespace Outfitter.Services;

public sealed class CustomerService(
    ShopDbContext db, IProductRepository products, TokenIssuer tokens, IEmailSender email, UnitOfWork work)
{
    private const int LastOrders = 5;

    public async Task<CustomerDto> RegisterAsync(RegisterRequest request, CancellationToken ct)
    {
        if (await FindByEmailAsync(request.Email, ct) is not null)
            throw new ConflictException("There is an account with this address already.");
        var customer = new Customer
        {
            Email = request.Email.ToLowerInvariant(),
            Name = request.Name.Trim(),
            PasswordHash = PasswordHasher.Hash(request.Password),
            WantsNewsletter = request.WantsNewsletter,
            AcquiredBy = request.Channel,
            Loyalty = new LoyaltyAccount(),
        };
        db.Customers.Add(customer);
        email.Send(customer.Email, "Welcome", EmailTemplates.Welcome(customer));
        await work.SaveAsync(ct);
        return customer.ToDto();
    }

    /// <exception cref="SignInException">Address or password are wrong; which one is not told.</exception>
    public async Task<TokenDto> SignInAsync(LoginRequest request, CancellationToken ct)
    {
        var customer = await FindByEmailAsync(request.Email, ct);
        if (!PasswordHasher.Verify(request.Password, customer?.PasswordHash) || customer is null)
            throw new SignInException();
        var (token, expires) = tokens.Issue(customer.Id, customer.Email, customer.IsStaff);
        return new TokenDto(token, expires);
    }

    public async Task<CustomerDto> GetAsync(int id, CancellationToken ct) => (await FindAsync(id, ct)).ToDto();

    public async Task<CustomerDto> UpdateAsync(int id, UpdateProfileRequest request, CancellationToken ct)
    {
        var customer = await FindAsync(id, ct);
        customer.Name = request.Name.Trim();
        customer.WantsNewsletter = request.WantsNewsletter;
        await work.SaveAsync(ct);
        return customer.ToDto();
    }

    public async Task<CustomerDto> AddAddressAsync(int id, SaveAddressRequest request, CancellationToken ct)
    {
        var customer = await FindAsync(id, ct);
        if (request.IsDefault)
            customer.Addresses.ForEach(a => a.IsDefault = false);
        customer.Addresses.Add(new CustomerAddress { Label = request.Label.Trim(), Address = request.Address.ToAddress(), IsDefault = request.IsDefault || customer.Addresses.Count == 0 });
        await work.SaveAsync(ct);
        return customer.ToDto();
    }

    public async Task RemoveAddressAsync(int id, int addressId, CancellationToken ct)
    {
        var customer = await FindAsync(id, ct);
        if (customer.Addresses.RemoveAll(a => a.Id == addressId) == 0)
            throw new NotFoundException("address", addressId);
        await work.SaveAsync(ct);
    }

    public async Task<PagedResult<CustomerDto>> SearchAsync(string? text, PageQuery page, CancellationToken ct) =>
        (await Query().AsNoTracking()
            .Where(c => text == null || c.Email.Contains(text.ToLower()) || c.Name.ToLower().Contains(text.ToLower()))
            .OrderBy(c => c.Name).ThenBy(c => c.Id)
            .ToPageAsync(page, ct)).Map(c => c.ToDto());

    public async Task<CustomerOverviewDto> OverviewAsync(int id, CancellationToken ct)
    {
        var customer = await FindAsync(id, ct);
        var orders = db.Orders.AsNoTracking().Where(o => o.CustomerId == id && o.Status != OrderStatus.Cancelled);
        var last = await orders.Include(o => o.Lines).OrderByDescending(o => o.PlacedAt).Take(LastOrders).ToListAsync(ct);
        var wished = await db.WishlistItems.Where(w => w.CustomerId == id).OrderBy(w => w.Id).Select(w => w.ProductId).ToListAsync(ct);
        return new CustomerOverviewDto(
            customer.ToDto(),
            await orders.CountAsync(ct),
            new Money(await orders.SumAsync(o => o.Total.Cents, ct)),
            last.FirstOrDefault()?.PlacedAt,
            await db.ReturnRequests.CountAsync(r => r.Order.CustomerId == id, ct),
            await db.Reviews.CountAsync(r => r.CustomerId == id, ct),
            await db.Baskets.CountAsync(b => b.CustomerId == id, ct),
            [.. last.Select(o => o.ToSummaryDto())],
            await products.SummariesAsync(wished, ct));
    }

    private IQueryable<Customer> Query() => db.Customers.Include(c => c.Addresses).Include(c => c.Loyalty);

    private async Task<Customer> FindAsync(int id, CancellationToken ct) => await Query().FirstOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFoundException("customer", id);

    private Task<Customer?> FindByEmailAsync(string email, CancellationToken ct)
    {
        var lower = email.ToLowerInvariant();
        return Query().FirstOrDefaultAsync(c => c.Email == lower, ct);
    }
}

public sealed class SignInException() : ShopException("Address or password are wrong.")
{
    public override int StatusCode => StatusCodes.Status401Unauthorized;

    public override string Title => "Not signed in";
}
