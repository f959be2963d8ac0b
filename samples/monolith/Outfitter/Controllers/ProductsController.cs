using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Outfitter.Common;
using Outfitter.Dtos;
using Outfitter.Infrastructure;
using Outfitter.Services;

namespace Outfitter.Controllers;

[ApiController, Route("api/products")]
public sealed class ProductsController(IProductService products, CategoryService categories) : ControllerBase
{
    // Not called as their fields are: the query key of the same name would be taken for a prefix.
    [HttpGet]
    public Task<PagedResult<ProductSummaryDto>> Search([FromQuery] ProductSearch filter, [FromQuery] PageQuery paging, CancellationToken ct) => products.SearchAsync(filter, paging, ct);

    /// <summary>A product, with its version as the entity tag.</summary>
    [HttpGet("{id:int}")]
    public async Task<ProductDetailDto> Get(int id, CancellationToken ct) => Tagged(await products.GetAsync(id, ct));

    /// <summary>What others bought with it.</summary>
    [HttpGet("{id:int}/related")]
    public Task<IReadOnlyList<ProductSummaryDto>> Related(int id, CancellationToken ct) => products.RelatedAsync(id, ct);

    [HttpPost, Authorize(Roles = CurrentUser.Staff)]
    public async Task<ActionResult<ProductDetailDto>> Create(SaveProductRequest request, CancellationToken ct)
    {
        var product = Tagged(await products.CreateAsync(request, ct));
        return CreatedAtAction(nameof(Get), new { id = product.Id }, product);
    }

    /// <summary>With <c>If-Match</c>, only when nobody changed it in the meantime.</summary>
    [HttpPut("{id:int}"), Authorize(Roles = CurrentUser.Staff)]
    public async Task<ProductDetailDto> Update(int id, SaveProductRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, CancellationToken ct)
    {
        int? version = null;
        if (ifMatch is not (null or "*"))
            version = int.TryParse(ifMatch.Trim('"'), out var wanted) ? wanted : throw new RuleException("If-Match is not a tag that this product had.");
        return Tagged(await products.UpdateAsync(id, request, version, ct));
    }

    [HttpDelete("{id:int}"), Authorize(Roles = CurrentUser.Staff)]
    public async Task<IActionResult> Discontinue(int id, CancellationToken ct)
    {
        await products.DiscontinueAsync(id, ct);
        return NoContent();
    }

    [HttpGet("/api/categories")]
    public Task<IReadOnlyList<CategoryDto>> Categories(CancellationToken ct) => categories.TreeAsync(ct);

    private ProductDetailDto Tagged(ProductDetailDto product)
    {
        Response.Headers.ETag = $"\"{product.Version}\"";
        return product;
    }
}
