// Runs before anything is drawn, so that a page which is to be dark is not light first (theme.js).
document.documentElement.dataset.theme = localStorage.getItem('otp-inbox-theme') ?? 'system';
