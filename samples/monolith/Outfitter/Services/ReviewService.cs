using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Entities;
using Outfitter.Events;
using Outfitter.Infrastructure;
using Outfitter.Mapping;
using Outfitter.Repositories;

namespace Outfitter.Services;

public sealed class ReviewService(
    ShopDbContext db, IOrderRepository orders, IRepository<Product> products, EventBus events, UnitOfWork work, CurrentUser user)
{
    public async Task<PagedResult<ReviewDto>> OfProductAsync(int productId, PageQuery page, CancellationToken ct)
    {
        await products.GetAsync(productId, ct);
        return (await Query().AsNoTracking()
            .Where(r => r.ProductId == productId && r.Status == ReviewStatus.Approved)
            .OrderByDescending(r => r.Votes.Count(v => v.Helpful)).ThenByDescending(r => r.Id)
            .ToPageAsync(page, ct)).Map(r => r.ToDto());
    }

    /// <exception cref="RuleException">The customer has not received the product from us.</exception>
    public async Task<ReviewDto> WriteAsync(int productId, WriteReviewRequest request, CancellationToken ct)
    {
        var customerId = user.RequireCustomer();
        var product = await products.GetAsync(productId, ct);
        if (!await orders.HasReceivedAsync(customerId, productId, ct))
            throw new RuleException($"Only who has received '{product.Name}' from us can tell what it is like.");
        if (await db.Reviews.AnyAsync(r => r.ProductId == productId && r.CustomerId == customerId, ct))
            throw new ConflictException($"You have written about '{product.Name}' before.");

        var review = new Review
        {
            ProductId = productId,
            CustomerId = customerId,
            Rating = request.Rating,
            Title = request.Title,
            Text = request.Text,
            // What has no suspicious word is read by everybody at once.
            Status = WordFilter.IsSuspicious(request.Title) || WordFilter.IsSuspicious(request.Text) ? ReviewStatus.Pending : ReviewStatus.Approved,
        };
        db.Reviews.Add(review);
        await work.SaveAsync(ct);
        if (review.Status == ReviewStatus.Approved)
            await events.PublishAsync(new ReviewApproved(review.Id, productId));
        return (await GetAsync(review.Id, ct)).ToDto();
    }

    /// <summary>One vote for each customer; a second one replaces the first.</summary>
    public async Task<ReviewDto> VoteAsync(int id, bool helpful, CancellationToken ct)
    {
        var customerId = user.RequireCustomer();
        var review = await GetAsync(id, ct);
        if (review.CustomerId == customerId)
            throw new RuleException("Nobody votes on what they wrote themselves.");
        var vote = review.Votes.FirstOrDefault(v => v.CustomerId == customerId);
        if (vote is null)
            review.Votes.Add(vote = new ReviewVote { CustomerId = customerId });
        vote.Helpful = helpful;
        await work.SaveAsync(ct);
        return review.ToDto();
    }

    public async Task<PagedResult<ReviewDto>> PendingAsync(PageQuery page, CancellationToken ct) =>
        (await Query().AsNoTracking().Where(r => r.Status == ReviewStatus.Pending).OrderBy(r => r.Id).ToPageAsync(page, ct)).Map(r => r.ToDto());

    public async Task<ReviewDto> ModerateAsync(int id, bool approve, CancellationToken ct)
    {
        var review = await GetAsync(id, ct);
        review.Status = approve ? ReviewStatus.Approved : ReviewStatus.Rejected;
        await work.SaveAsync(ct);
        await events.PublishAsync(new ReviewApproved(review.Id, review.ProductId));
        return review.ToDto();
    }

    private async Task<Review> GetAsync(int id, CancellationToken ct) => await Query().FirstOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFoundException("review", id);

    private IQueryable<Review> Query() => db.Reviews.Include(r => r.Customer).Include(r => r.Votes);
}
