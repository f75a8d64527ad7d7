using System.Linq.Expressions;
using PowerWorkflow.Server.Storage;
using PowerWorkflow.Server.Storage.Schema;

namespace PowerWorkflow.Server.Security;

/// <summary>
/// The one rule of who may see and do what. It is written as expressions: lists turn them into SQL, commands run the same expression on the row they loaded,
/// so a list never shows what a command refuses, nor the other way round.
/// </summary>
public static class Access
{
    /// <summary>
    /// The person may do the task: it is addressed to them, or to nobody in particular; they hold its role in its unit or above; they neither did a step that
    /// somebody else must check with this one, nor have signed it already.
    /// </summary>
    public static Expression<Func<TaskRow, bool>> MayDo(Reach reach) => And(MayBeAskedFor(reach), OtherEyes(reach.PersonId));

    /// <summary>As <see cref="MayDo"/> before four eyes: role, unit and addressee.</summary>
    public static Expression<Func<TaskRow, bool>> MayBeAskedFor(Reach reach)
    {
        var me = reach.PersonId;
        Expression<Func<TaskRow, bool>> qualified = task => task.Person == me && task.Role == null;
        foreach (var (role, units) in reach.Acting)
        {
            var codes = units.ToArray();
            qualified = Or(qualified, task => task.Role == role && codes.Contains(task.Unit) && (task.Person == null || task.Person == me));
        }

        return qualified;
    }

    /// <summary>Four eyes over persons.</summary>
    public static Expression<Func<TaskRow, bool>> OtherEyes(string personId)
    {
        // Person ids stand in JSON arrays of strings; with the quotes one id cannot be found inside another.
        var quoted = $"\"{personId}\"";
        return task => !task.NotPersons.Contains(quoted) && !task.SignedBy.Contains(quoted);
    }

    /// <summary>The person may see the task in lists: it is theirs, or it stands in a unit they see.</summary>
    public static Expression<Func<TaskRow, bool>> MaySeeTask(Reach reach)
    {
        var me = reach.PersonId;
        var seen = reach.Seen.ToArray();
        return Or(MayBeAskedFor(reach), task => seen.Contains(task.Unit) || task.ClaimedBy == me || task.Person == me);
    }

    /// <summary>
    /// The person may see the case: it belongs to a unit they see, they started it, a step of it waits for them or their role (a department that is asked sees
    /// the case it is asked about), or they did a step of it.
    /// </summary>
    public static Expression<Func<CaseHeader, bool>> MaySeeCase(Reach reach, WorkflowDb db)
    {
        var me = reach.PersonId;
        var seen = reach.Seen.ToArray();
        var asked = db.Tasks.Where(MaySeeTask(reach));
        return header => seen.Contains(header.Unit)
            || header.StartedBy == me
            || asked.Any(task => task.CaseId == header.CaseId)
            || db.TaskHistory.Any(task => task.CaseId == header.CaseId && task.CompletedBy == me);
    }

    private static Expression<Func<T, bool>> Or<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right) =>
        Expression.Lambda<Func<T, bool>>(Expression.OrElse(left.Body, Rename(right, left.Parameters[0])), left.Parameters[0]);

    private static Expression<Func<T, bool>> And<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right) =>
        Expression.Lambda<Func<T, bool>>(Expression.AndAlso(left.Body, Rename(right, left.Parameters[0])), left.Parameters[0]);

    private static Expression Rename(LambdaExpression lambda, ParameterExpression to) => new Renaming(lambda.Parameters[0], to).Visit(lambda.Body);

    private sealed class Renaming(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
