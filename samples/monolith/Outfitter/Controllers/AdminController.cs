using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Outfitter.Common;
using Outfitter.Entities;
using Outfitter.Infrastructure;
using Outfitter.Jobs;

namespace Outfitter.Controllers;

/// <summary>What whoever runs the shop wants to see or do by hand.</summary>
[ApiController, Route("api/admin"), Authorize(Roles = CurrentUser.Staff)]
public sealed class AdminController(NightlyRun nightly, ShopDbContext db) : ControllerBase
{
    [HttpPost("nightly")]
    public Task<NightlyReport> RunNightly(CancellationToken ct) => nightly.RunAsync(ct);

    [HttpGet("emails")]
    public Task<PagedResult<QueuedEmail>> Emails([FromQuery] PageQuery paging, CancellationToken ct, string? recipient = null) =>
        db.QueuedEmails.AsNoTracking().Where(m => recipient == null || m.Recipient == recipient).OrderByDescending(m => m.Id).ToPageAsync(paging, ct);

    [HttpGet("audit")]
    public Task<PagedResult<AuditEntry>> Audit([FromQuery] PageQuery paging, CancellationToken ct, string? entity = null) =>
        db.AuditEntries.AsNoTracking().Where(e => entity == null || e.Entity == entity).OrderByDescending(e => e.Id).ToPageAsync(paging, ct);
}
